package dev.evenkeel.httpclient5;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

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
    Connection connection = new Connection(out);
    try {
      super.writeTo(connection);
      hasFailed = connection.writtenBytes < declaredBytes && !connection.isBroken;
    } catch (Throwable failure) {
      hasFailed = !connection.isBroken;
      throw failure;
    }
  }

  /** The client's own stream, what it took, and whether it has thrown. Not thread-safe. */
  private static final class Connection extends FilterOutputStream {
    private boolean isBroken;
    private long writtenBytes;

    Connection(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      try {
        out.write(b);
        writtenBytes++;
      } catch (Throwable failure) {
        isBroken = true;
        throw failure;
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
        writtenBytes += length;
      } catch (Throwable failure) {
        isBroken = true;
        throw failure;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (Throwable failure) {
        isBroken = true;
        throw failure;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (Throwable failure) {
        isBroken = true;
        throw failure;
      }
    }
  }
}
