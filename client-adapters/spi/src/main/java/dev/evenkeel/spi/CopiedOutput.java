package dev.evenkeel.spi;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a request's body is written to, which is copied after it went on. A fault of ours is
 * reported and ends the copying, and nothing of it is seen by whoever writes. Not thread-safe.
 */
public final class CopiedOutput extends OutputStream {
  private final OutputStream out;
  private final GuardedCopy copy;

  /**
   * Wraps the client's own stream.
   *
   * @param adapter whose faults they are, as {@link ClientAdapter#name()}
   */
  public CopiedOutput(OutputStream out, RequestCopy copy, String adapter) {
    this(out, new GuardedCopy(copy, adapter));
  }

  /** The same for a copy that may be stopped. */
  public CopiedOutput(OutputStream out, GuardedCopy copy) {
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

  /** The body has been written whole. */
  public void end() {
    copy.end();
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
