package dev.evenkeel.spi;

import java.io.OutputStream;

/** A copy's body as a stream. Not thread-safe. */
final class BodyStream extends OutputStream {
  private final RequestCopy copy;

  BodyStream(RequestCopy copy) {
    this.copy = copy;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    copy.body(bytes, offset, length);
  }
}
