package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What a request's body is written to, which is copied as far as the client's own encoder takes it.
 * It is not one for files, so that those are copied too. Not thread-safe.
 */
final class CopiedEncoder implements ContentEncoder {
  private static final int BLOCK_BYTES = 8192;

  private final ContentEncoder encoder;

  /** Null once it has ended, or a fault of ours left a gap: such a copy never becomes whole. */
  private @Nullable RequestCopy copy;

  CopiedEncoder(ContentEncoder encoder, RequestCopy copy) {
    this.encoder = encoder;
    this.copy = copy;
  }

  /** True if this one writes to {@code other}. */
  boolean isOver(ContentEncoder other) {
    return encoder == other;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int written = encoder.write(bytes);
    RequestCopy current = copy;
    if (current != null && bytes.position() > start) {
      copy(current, bytes, start);
    }
    return written;
  }

  private void copy(RequestCopy current, ByteBuffer bytes, int start) {
    try {
      int length = bytes.position() - start;
      if (bytes.hasArray()) {
        current.body(bytes.array(), bytes.arrayOffset() + start, length);
      } else {
        copyInBlocks(current, bytes.duplicate().position(start).limit(start + length));
      }
    } catch (Throwable fault) {
      copy = null;
      Faults.report(fault);
    }
  }

  private static void copyInBlocks(RequestCopy current, ByteBuffer taken) {
    byte[] block = new byte[Math.min(taken.remaining(), BLOCK_BYTES)];
    while (taken.hasRemaining()) {
      int length = Math.min(taken.remaining(), block.length);
      taken.get(block, 0, length);
      current.body(block, 0, length);
    }
  }

  @Override
  public void complete() throws IOException {
    end();
    encoder.complete();
  }

  /** Before the connection hears of it, which may have the answer before this thread goes on. */
  private void end() {
    RequestCopy whole = copy;
    copy = null;
    try {
      if (whole != null) {
        whole.end();
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  @Override
  public boolean isCompleted() {
    return encoder.isCompleted();
  }
}
