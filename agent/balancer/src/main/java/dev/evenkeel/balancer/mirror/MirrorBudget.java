package dev.evenkeel.balancer.mirror;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all copies of a JVM together may take, from their first byte until the last mirror has them.
 * Without room a call is not mirrored; nothing ever waits for room. Thread-safe.
 */
public final class MirrorBudget {
  private final long maxBytes;
  private final int maxCopies;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger copies = new AtomicInteger();

  /**
   * @param maxBytes memory of all copies
   * @param maxCopies how many there may be at a time
   */
  public MirrorBudget(long maxBytes, int maxCopies) {
    this.maxBytes = maxBytes;
    this.maxCopies = maxCopies;
  }

  /** Bytes taken now. */
  public long bytes() {
    return bytes.get();
  }

  /** Copies there are now. */
  public int copies() {
    return copies.get();
  }

  /** Bytes left. */
  public long freeBytes() {
    return maxBytes - bytes.get();
  }

  /** How many more copies there may be. */
  public int freeCopies() {
    return maxCopies - copies.get();
  }

  boolean takeCopy() {
    if (copies.incrementAndGet() <= maxCopies) {
      return true;
    }
    copies.decrementAndGet();
    return false;
  }

  void returnCopy() {
    copies.decrementAndGet();
  }

  boolean takeBytes(long count) {
    if (bytes.addAndGet(count) <= maxBytes) {
      return true;
    }
    bytes.addAndGet(-count);
    return false;
  }

  void returnBytes(long count) {
    bytes.addAndGet(-count);
  }
}
