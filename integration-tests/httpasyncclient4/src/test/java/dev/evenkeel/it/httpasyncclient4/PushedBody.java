package dev.evenkeel.it.httpasyncclient4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.http.nio.ContentDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A body that is taken as the client pushes it, and read as a stream. Nothing is held back: what
 * the client has in its own buffers when its input is suspended it looks at again only with its
 * reactor's next round, which is a second later. Thread-safe.
 */
final class PushedBody extends InputStream {
  private static final int BLOCK_BYTES = 65_536;

  private final Queue<ByteBuffer> blocks = new ArrayDeque<>();
  private @Nullable Exception failure;
  private boolean isEnded;

  /** Takes all that is there. */
  synchronized void take(ContentDecoder decoder) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    while (decoder.read(block) > 0 && block.hasRemaining()) {
      // More may be there.
    }
    if (block.flip().hasRemaining()) {
      blocks.add(block);
      notifyAll();
    }
  }

  synchronized void end() {
    isEnded = true;
    notifyAll();
  }

  synchronized void fail(Exception cause) {
    failure = cause;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
    while (blocks.isEmpty() && !isEnded && failure == null) {
      awaitMore();
    }
    ByteBuffer block = blocks.peek();
    if (block == null) {
      return end(failure);
    }
    int count = Math.min(length, block.remaining());
    block.get(bytes, offset, count);
    if (!block.hasRemaining()) {
      blocks.remove();
    }
    return count;
  }

  private static int end(@Nullable Exception cause) throws IOException {
    if (cause == null) {
      return -1;
    }
    throw cause instanceof IOException thrown ? thrown : new IOException(cause);
  }

  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  private synchronized void awaitMore() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
