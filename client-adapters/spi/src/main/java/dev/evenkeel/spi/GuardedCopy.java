package dev.evenkeel.spi;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a body, which is filled with what has gone out. A fault of ours is reported and ends
 * the copying, since a copy with a gap must never become whole; nothing of it is seen by whoever
 * sends. Thread-safe as far as one thread at a time sends.
 */
public final class GuardedCopy {
  private final String adapter;
  private volatile @Nullable RequestCopy copy;

  /**
   * Guards a copy that has its head, or needs none.
   *
   * @param adapter whose faults they are, as {@link ClientAdapter#name()}
   */
  public GuardedCopy(RequestCopy copy, String adapter) {
    this.copy = copy;
    this.adapter = adapter;
  }

  /** The copy; null once it has ended, has a gap, or is not needed. */
  public @Nullable RequestCopy copy() {
    return copy;
  }

  /** Bytes that went out. */
  public void body(byte[] bytes, int offset, int length) {
    RequestCopy current = copy;
    try {
      if (current != null) {
        current.body(bytes, offset, length);
      }
    } catch (Throwable fault) {
      giveUp(fault);
    }
  }

  /**
   * Bytes that went out of a buffer: those from {@code start} to where it stands now.
   *
   * @param start its position before
   */
  public void body(ByteBuffer bytes, int start) {
    RequestCopy current = copy;
    try {
      if (current != null && bytes.position() > start) {
        current.body(bytes.duplicate().flip().position(start));
      }
    } catch (Throwable fault) {
      giveUp(fault);
    }
  }

  /** The body went out whole. */
  public void end() {
    RequestCopy whole = copy;
    copy = null;
    try {
      if (whole != null) {
        whole.end();
      }
    } catch (Throwable fault) {
      giveUp(fault);
    }
  }

  /** Nobody needs the copy any more. */
  public void stop() {
    copy = null;
  }

  private void giveUp(Throwable fault) {
    copy = null;
    Evenkeel.fault(adapter, fault);
  }
}
