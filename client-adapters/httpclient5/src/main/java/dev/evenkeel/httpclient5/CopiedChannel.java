package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a request body leaves that is copied: for mirrors, or to be sent again. What the connection
 * does not take now it is offered again, so bytes are copied after it took them. Thread-safe as far
 * as the body is written by one thread at a time.
 */
final class CopiedChannel implements DataStreamChannel {
  private static final int BLOCK_BYTES = 8192;

  private final DataStreamChannel channel;

  /** Null once a fault of ours left a gap: such a copy never becomes whole. */
  private volatile @Nullable RequestCopy copy;

  CopiedChannel(DataStreamChannel channel, @Nullable RequestCopy copy) {
    this.channel = channel;
    this.copy = copy;
  }

  /** The rest of the body through {@code other}: a client that logs has one for each part. */
  CopiedChannel to(DataStreamChannel other) {
    return channel == other ? this : new CopiedChannel(other, copy);
  }

  /** Nobody needs the copy any more. */
  void stop() {
    copy = null;
  }

  @Override
  public void requestOutput() {
    channel.requestOutput();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int written = channel.write(bytes);
    RequestCopy current = copy;
    if (current != null) {
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
      giveUp(fault);
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

  private void giveUp(Throwable fault) {
    copy = null;
    Faults.report(fault);
  }

  @Override
  public void endStream() throws IOException {
    end();
    channel.endStream();
  }

  @Override
  public void endStream(List<? extends Header> trailers) throws IOException {
    end();
    channel.endStream(trailers);
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
}
