package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** A request body that is copied for mirrors while it is written. Not thread-safe. */
final class CopiedEntity extends HttpEntityWrapper {
  /** Null once a fault of ours left a gap: such a copy never becomes whole. */
  private @Nullable RequestCopy copy;

  CopiedEntity(HttpEntity entity, RequestCopy copy) {
    super(entity);
    this.copy = copy;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    super.writeTo(new CopiedOutput(out));
    RequestCopy whole = copy;
    copy = null;
    if (whole != null) {
      end(whole);
    }
  }

  private static void end(RequestCopy whole) {
    try {
      whole.end();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  private void copy(byte[] bytes, int offset, int length) {
    try {
      if (copy != null) {
        copy.body(bytes, offset, length);
      }
    } catch (Throwable fault) {
      copy = null;
      Faults.report(fault);
    }
  }

  /** The connection's stream. Closing and flushing are the client's business. Not thread-safe. */
  private final class CopiedOutput extends OutputStream {
    private final OutputStream out;

    CopiedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      copy(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      copy(bytes, offset, length);
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
