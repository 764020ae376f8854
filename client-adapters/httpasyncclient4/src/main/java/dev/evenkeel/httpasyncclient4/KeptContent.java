package dev.evenkeel.httpasyncclient4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentEncoder;

/** A body that was kept, on its way to another server. Not thread-safe. */
final class KeptContent {
  private static final int BLOCK_BYTES = 8192;

  private final InputStream bytes;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).flip();

  KeptContent(InputStream bytes) {
    this.bytes = bytes;
  }

  /**
   * Writes as much as {@code encoder} takes now, and the end after the last of it.
   *
   * @return this, or what went wrong
   */
  Object writeTo(ContentEncoder encoder) {
    try {
      write(encoder);
      return this;
    } catch (Throwable failure) {
      return failure;
    }
  }

  private void write(ContentEncoder encoder) throws IOException {
    while (!encoder.isCompleted()) {
      if (!block.hasRemaining() && !fill()) {
        encoder.complete();
      } else if (encoder.write(block) <= 0 && block.hasRemaining()) {
        return;
      }
    }
  }

  private boolean fill() throws IOException {
    int read = bytes.read(block.array(), 0, BLOCK_BYTES);
    block.position(0).limit(Math.max(0, read));
    return read > 0;
  }
}
