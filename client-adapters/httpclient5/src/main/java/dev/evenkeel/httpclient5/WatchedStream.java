package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * A body's stream that ends its attempt. Not thread-safe; one per body.
 *
 * <p>It is a {@link ChunkedInputStream} because the client looks for trailers in a stream of that
 * type only; all that it inherits is overridden.
 */
final class WatchedStream extends ChunkedInputStream {
  private static final SessionInputBuffer NEVER_READ = new SessionInputBufferImpl(1);

  private final InputStream content;
  private final GuardedAttempt attempt;

  WatchedStream(InputStream content, GuardedAttempt attempt) {
    super(NEVER_READ, content);
    this.content = content;
    this.attempt = attempt;
  }

  @Override
  public int read() throws IOException {
    try {
      return endedAt(content.read());
    } catch (IOException e) {
      attempt.end(Outcome.IO_FAILED);
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return endedAt(content.read(bytes, offset, length));
    } catch (IOException e) {
      attempt.end(Outcome.IO_FAILED);
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return read(bytes, 0, bytes.length);
  }

  private int endedAt(int read) {
    if (read < 0) {
      attempt.end(Outcome.COMPLETED);
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return content.available();
  }

  @Override
  public void close() throws IOException {
    try {
      content.close();
    } finally {
      attempt.end(Outcome.COMPLETED);
    }
  }

  @Override
  public Header[] getFooters() {
    return content instanceof ChunkedInputStream chunked ? chunked.getFooters() : new Header[0];
  }
}
