package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A request body that is copied for mirrors while it is written. Not thread-safe. */
final class CopiedEntity extends HttpEntityWrapper {
  private final RequestCopy copy;

  CopiedEntity(HttpEntity entity, RequestCopy copy) {
    super(entity);
    this.copy = copy;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    super.writeTo(new CopiedOutput(out, copy));
    copy.end();
  }

  /** The connection's stream. Closing and flushing are the client's business. Not thread-safe. */
  private static final class CopiedOutput extends OutputStream {
    private final OutputStream out;
    private final RequestCopy copy;

    CopiedOutput(OutputStream out, RequestCopy copy) {
      this.out = out;
      this.copy = copy;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      copy.body(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      copy.body(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
