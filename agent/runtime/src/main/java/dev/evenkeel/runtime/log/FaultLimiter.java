package dev.evenkeel.runtime.log;

import dev.evenkeel.balancer.Ticker;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Lets each kind of fault through once a minute and counts the others. Thread-safe.
 *
 * <p>Remembers at most {@value #MAX_KEYS} kinds; while all of them are recent, the rest share one
 * entry, so that keys made from data cannot fill the heap or the log.
 */
final class FaultLimiter {
  static final int HELD_BACK = -1;
  static final int MAX_KEYS = 200;

  private static final long INTERVAL_NANOS = 60_000_000_000L;
  private static final String OTHERS = "";

  private final Ticker ticker;
  private final Map<String, Entry> entries = new HashMap<>();

  FaultLimiter(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Counts one fault.
   *
   * @return {@link #HELD_BACK} if it should not be logged, else how many of its kind were held back
   *     since the last that was
   */
  synchronized int admit(String key) {
    long now = ticker.nanos();
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = begin(key, now);
    }
    if (entry.hasLogged && now - entry.loggedAtNanos < INTERVAL_NANOS) {
      entry.heldBack++;
      return HELD_BACK;
    }
    int heldBack = entry.heldBack;
    entry.hasLogged = true;
    entry.loggedAtNanos = now;
    entry.heldBack = 0;
    return heldBack;
  }

  private Entry begin(String key, long now) {
    if (entries.size() >= MAX_KEYS) {
      forgetIdle(now);
    }
    String kept = entries.size() >= MAX_KEYS ? OTHERS : key;
    Entry entry = entries.get(kept);
    if (entry == null) {
      entry = new Entry();
      entries.put(kept, entry);
    }
    return entry;
  }

  private void forgetIdle(long now) {
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (now - entry.loggedAtNanos >= INTERVAL_NANOS) {
        all.remove();
      }
    }
  }

  private static final class Entry {
    boolean hasLogged;
    long loggedAtNanos;
    int heldBack;
  }
}
