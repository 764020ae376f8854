package dev.evenkeel.balancer.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a copied body, in blocks that grow with it, so that nothing is copied twice. Not
 * thread-safe; filled by one thread at a time, and only read after that.
 */
final class CopiedBody {
  private static final int FIRST_BLOCK_BYTES = 512;
  private static final int MAX_BLOCK_BYTES = 64 * 1024;

  private final @Nullable Reservation reservation;
  private @Nullable Block first;
  private @Nullable Block last;
  private long length;

  private static final class Block {
    private final byte[] bytes;
    private int used;
    private @Nullable Block next;

    Block(int size) {
      bytes = new byte[size];
    }
  }

  /** One that takes its room of what all copies may have. */
  CopiedBody(Reservation reservation) {
    this.reservation = reservation;
  }

  /** One that is limited by who fills it. */
  CopiedBody() {
    reservation = null;
  }

  long length() {
    return length;
  }

  /** False if there is no room for all of it. */
  boolean append(byte[] source, int offset, int count) {
    int from = offset;
    int end = offset + count;
    while (from < end) {
      Block block = blockFor(end - from);
      if (block == null) {
        return false;
      }
      int fitting = Math.min(end - from, block.bytes.length - block.used);
      System.arraycopy(source, from, block.bytes, block.used, fitting);
      block.used += fitting;
      from += fitting;
    }
    length += count;
    return true;
  }

  private @Nullable Block blockFor(int wanted) {
    Block current = last;
    if (current != null && current.used < current.bytes.length) {
      return current;
    }
    int grown = current == null ? FIRST_BLOCK_BYTES : 2 * current.bytes.length;
    int size = Math.min(MAX_BLOCK_BYTES, Math.max(grown, wanted));
    if (reservation != null && !reservation.take(size)) {
      return null;
    }
    Block block = new Block(size);
    if (current == null) {
      first = block;
    } else {
      current.next = block;
    }
    last = block;
    return block;
  }

  void writeTo(OutputStream out) throws IOException {
    for (Block block = first; block != null; block = block.next) {
      out.write(block.bytes, 0, block.used);
    }
  }

  /** The bytes from the start. */
  InputStream open() {
    return new BlockStream(first);
  }

  /** The blocks one after the other. Not thread-safe. */
  private static final class BlockStream extends InputStream {
    private @Nullable Block block;
    private int position;

    BlockStream(@Nullable Block first) {
      block = first;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      while (block != null && position == block.used) {
        block = block.next;
        position = 0;
      }
      if (block == null || length == 0) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, block.used - position);
      System.arraycopy(block.bytes, position, target, offset, count);
      position += count;
      return count;
    }
  }
}
