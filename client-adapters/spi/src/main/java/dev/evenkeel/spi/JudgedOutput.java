package dev.evenkeel.spi;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The client's own stream, into which the application writes a request's body: what it took, and
 * whether it has thrown. Not thread-safe.
 */
public final class JudgedOutput extends FilterOutputStream {
  private boolean isBroken;
  private long writtenBytes;

  /** Wraps it; nothing has been written yet. */
  public JudgedOutput(OutputStream out) {
    super(out);
  }

  /** True if the connection took no more, which is not the body's fault. */
  public boolean isBroken() {
    return isBroken;
  }

  /** What the connection took. */
  public long writtenBytes() {
    return writtenBytes;
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
