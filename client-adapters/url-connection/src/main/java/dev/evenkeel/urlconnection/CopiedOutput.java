package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.RequestCopy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A request's body that is streamed, and copied for mirrors while it is written. Its end is not to
 * be seen here: the JDK closes what the application leaves open. Not thread-safe.
 */
final class CopiedOutput extends FilterOutputStream {
  private final CopiedRequest request;
  private final RequestCopy copy;

  CopiedOutput(OutputStream body, CopiedRequest request, RequestCopy copy) {
    super(body);
    this.request = request;
    this.copy = copy;
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

  private void copy(byte[] bytes, int offset, int length) {
    try {
      if (request.copy() == copy) {
        copy.body(bytes, offset, length);
      }
    } catch (Throwable fault) {
      request.forget(); // With a gap it must never become whole.
      Faults.report(fault);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
