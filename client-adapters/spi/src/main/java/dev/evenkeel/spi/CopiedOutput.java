package dev.evenkeel.spi;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a request's body is written to, which is copied after it went on. A fault of ours is
 * reported and ends the copying, and nothing of it is seen by whoever writes. Not thread-safe.
 */
public final class CopiedOutput extends OutputStream {
  private final OutputStream out;
  private final String adapter;

  /** Null once a fault of ours left a gap: such a copy never becomes whole. */
  private @Nullable RequestCopy copy;

  /**
   * Wraps the client's own stream.
   *
   * @param adapter whose faults they are, as {@link ClientAdapter#name()}
   */
  public CopiedOutput(OutputStream out, RequestCopy copy, String adapter) {
    this.out = out;
    this.copy = copy;
    this.adapter = adapter;
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
      if (copy != null) {
        copy.body(bytes, offset, length);
      }
    } catch (Throwable fault) {
      copy = null;
      Evenkeel.fault(adapter, fault);
    }
  }

  /** The body has been written whole. */
  public void end() {
    RequestCopy whole = copy;
    copy = null;
    try {
      if (whole != null) {
        whole.end();
      }
    } catch (Throwable fault) {
      Evenkeel.fault(adapter, fault);
    }
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
