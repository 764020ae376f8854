package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** A response body that ends its attempt when it is read to the end or closed. Not thread-safe. */
final class WatchedEntity extends HttpEntityWrapper {
  private final GuardedAttempt attempt;

  WatchedEntity(HttpEntity entity, GuardedAttempt attempt) {
    super(entity);
    this.attempt = attempt;
  }

  @Override
  public @Nullable InputStream getContent() throws IOException {
    InputStream content = super.getContent();
    return content == null ? null : new WatchedStream(content, attempt);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    AbstractHttpEntity.writeTo(this, out);
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      attempt.end(Outcome.COMPLETED);
    }
  }
}
