package dev.evenkeel.runtime.mirror;

import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.balancer.mirror.MirroredCall;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The copies that wait, in a line for each mirror, and who of them may be sent.
 *
 * <p>A line is let in while it would hold no more places than are left free, so a mirror that hangs
 * ends up with half of them, a second one with half of the rest, and there is a place for the next
 * mirror still. What a mirror may not send now waits in its line, for as long as that takes no more
 * of the budget than it leaves to others, by the same rule.
 *
 * <p>A copy joins its line before it looks for a place, and a place is given back before anybody
 * looks for copies that wait: one of the two sees the other. Thread-safe, and without locks.
 */
final class MirrorLines {
  private final int places;
  private final MirrorBudget budget;
  private final Runnable letIn;
  private final AtomicReference<@Nullable Line> newest = new AtomicReference<>();
  private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
  private final AtomicInteger held = new AtomicInteger();

  /** The copies for one mirror. Thread-safe. */
  private static final class Line {
    private final String mirror;
    private final @Nullable Line older;
    private final Queue<MirroredCall> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicInteger held = new AtomicInteger();

    Line(String mirror, @Nullable Line older) {
      this.mirror = mirror;
      this.older = older;
    }

    void add(MirroredCall call) {
      waitingCount.incrementAndGet();
      waitingBytes.addAndGet(call.bytes());
      waiting.add(call);
    }

    @Nullable MirroredCall poll() {
      MirroredCall call = waiting.poll();
      if (call != null) {
        waitingCount.decrementAndGet();
        waitingBytes.addAndGet(-call.bytes());
      }
      return call;
    }
  }

  /** A copy that holds a place until {@link #end}. Immutable. */
  record Turn(MirroredCall call, Line line) {}

  /**
   * Nobody waits yet.
   *
   * @param places how many copies may be under way at a time
   * @param letIn called for each that may be, on any thread
   */
  MirrorLines(int places, MirrorBudget budget, Runnable letIn) {
    this.places = places;
    this.budget = budget;
    this.letIn = letIn;
  }

  /** How many copies are under way, or may be. */
  int held() {
    return held.get();
  }

  /** False if the mirror has neither a place nor room to wait. */
  boolean join(MirroredCall call) {
    Line line = lineOf(call.mirror());
    if (!hasPlace(line) && !hasRoom(line)) {
      return false;
    }
    line.add(call);
    letIn();
    return true;
  }

  /** The next copy to be sent; null if there is none. */
  @Nullable Turn next() {
    return turns.poll();
  }

  /** Gives the place to who waits for one. */
  void end(Turn turn) {
    giveBack(turn.line());
    letIn();
  }

  /** Takes away a copy that is not under way yet; null if there is none. */
  @Nullable MirroredCall leave() {
    Turn turn = turns.poll();
    if (turn != null) {
      giveBack(turn.line());
      return turn.call();
    }
    for (Line line = newest.get(); line != null; line = line.older) {
      MirroredCall call = line.poll();
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  /** Few mirrors, so a look at each is less than a table costs; new ones are put in front. */
  private Line lineOf(String mirror) {
    while (true) {
      Line first = newest.get();
      for (Line line = first; line != null; line = line.older) {
        if (line.mirror.equals(mirror)) {
          return line;
        }
      }
      Line made = new Line(mirror, first);
      if (newest.compareAndSet(first, made)) {
        return made;
      }
    }
  }

  /** Again and again until nobody can be let in: what was held for a moment kept others out. */
  private void letIn() {
    boolean isAnyLetIn = true;
    while (isAnyLetIn) {
      isAnyLetIn = false;
      for (Line line = newest.get(); line != null; line = line.older) {
        isAnyLetIn |= letIn(line);
      }
    }
  }

  private boolean letIn(Line line) {
    if (line.waiting.isEmpty() || !takePlace(line)) {
      return false;
    }
    MirroredCall call = line.poll();
    if (call == null) {
      giveBack(line);
    } else {
      turns.add(new Turn(call, line));
      letIn.run();
    }
    return true;
  }

  private boolean hasPlace(Line line) {
    return line.held.get() < places - held.get();
  }

  private boolean hasRoom(Line line) {
    return line.waitingCount.get() < budget.freeCopies()
        && line.waitingBytes.get() < budget.freeBytes();
  }

  /** Two lines at a time may take one place too many: then a copy waits for a thread. */
  private boolean takePlace(Line line) {
    int before = line.held.get();
    while (before < places - held.get()) {
      if (line.held.compareAndSet(before, before + 1)) {
        held.incrementAndGet();
        return true;
      }
      before = line.held.get();
    }
    return false;
  }

  private void giveBack(Line line) {
    held.decrementAndGet();
    line.held.decrementAndGet();
  }
}
