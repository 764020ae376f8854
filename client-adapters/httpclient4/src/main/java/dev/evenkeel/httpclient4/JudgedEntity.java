package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.JudgedOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/**
 * The application's request body, which tells whether it failed by itself or the connection took no
 * more of it. One that ends too early has failed too, though nothing says so: the server waits for
 * the rest. Of one that is too long, the client sends what was declared. Not thread-safe.
 */
final class JudgedEntity extends HttpEntityWrapper {
  private final long declaredBytes;
  private boolean hasFailed;

  JudgedEntity(HttpEntity entity) {
    super(entity);
    this.declaredBytes = entity.isChunked() ? -1 : entity.getContentLength();
  }

  /** True if the body threw, or ended too early, and the connection was not the reason. */
  boolean hasFailed() {
    return hasFailed;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    JudgedOutput connection = new JudgedOutput(out);
    try {
      super.writeTo(connection);
      hasFailed = connection.writtenBytes() < declaredBytes && !connection.isBroken();
    } catch (Throwable failure) {
      hasFailed = !connection.isBroken();
      throw failure;
    }
  }
}
