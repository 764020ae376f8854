package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** A response body that ends its attempt when it is read to the end or closed. Not thread-safe. */
final class WatchedEntity extends HttpEntityWrapper {
  private final GuardedAttempt attempt;

  WatchedEntity(HttpEntity entity, GuardedAttempt attempt) {
    super(entity);
    this.attempt = attempt;
  }

  @Override
  public InputStream getContent() throws IOException {
    return watchedContent();
  }

  private WatchedStream watchedContent() throws IOException {
    return new WatchedStream(super.getContent(), attempt);
  }

  /** Through the stream, which tells a failure of the server from one of {@code out}. */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    WatchedStream content = watchedContent();
    try {
      content.transferTo(out);
      content.close();
    } catch (IOException | RuntimeException e) {
      content.abortConnection();
      throw e;
    }
  }

  @Deprecated
  @Override
  public void consumeContent() throws IOException {
    try {
      super.consumeContent();
    } finally {
      attempt.end(Outcome.COMPLETED);
    }
  }
}
