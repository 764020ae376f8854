package dev.evenkeel.balancer;

import dev.evenkeel.balancer.Fence.Deadline;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that keeps new sessions from one server: the configuration and people, of whom the last one
 * counts, and beside them the server's own word. Confined to the control thread.
 */
final class Fences {
  /** Nothing changes by itself. */
  private static final long NEVER = Health.NEVER;

  private final String url;
  private final Fence fence = new Fence();
  private final OwnWord ownWord;
  private boolean isFencedInFile;
  private @Nullable Duration drainInFile;
  private boolean isByFile;
  private @Nullable Deadline deadline;
  private boolean isDrained;

  Fences(String url, OwnWord ownWord) {
    this.url = url;
    this.ownWord = ownWord;
  }

  /**
   * Takes over the configuration. What was done by hand stays, unless the configuration says
   * something else of this server than before; a drain that it goes on asking for goes on.
   */
  void configure(HealthRulesSpec rules, long nowNanos) {
    boolean isNowFenced = rules.fenced().contains(url);
    Duration drain = rules.drained().get(url);
    boolean wasDraining = drainInFile != null;
    if (drain != null && wasDraining) {
      if (isByFile && !drain.equals(drainInFile)) {
        fence.changeTime(drain);
      }
    } else if (drain != null) {
      fence.drain(drain, nowNanos);
      isByFile = true;
    } else if (isNowFenced != isFencedInFile || wasDraining) {
      setByFile(isNowFenced);
    }
    isFencedInFile = isNowFenced;
    drainInFile = drain;
  }

  private void setByFile(boolean isUp) {
    isByFile = true;
    if (isUp) {
      fence.raise();
    } else {
      fence.takeDown();
    }
  }

  /** By hand. */
  void raise() {
    isByFile = false;
    fence.raise();
  }

  /** By hand. */
  void drain(Duration time, long nowNanos) {
    isByFile = false;
    fence.drain(time, nowNanos);
  }

  /** By hand; the server's own word stays. */
  void takeDown() {
    isByFile = false;
    fence.takeDown();
  }

  /** Does what is due by now. */
  void settle(long nowNanos) {
    deadline = Deadline.earlier(fence.deadline(), ownWord.deadline());
    isDrained = deadline != null && deadline.isOver(nowNanos);
  }

  /** Until something changes by itself; {@link Standing#NEVER} if nothing does. */
  long remainingNanos(long nowNanos) {
    return deadline == null || isDrained ? NEVER : Math.max(0, deadline.remainingNanos(nowNanos));
  }

  boolean isUp() {
    return fence.isUp() || ownWord.isDrained();
  }

  /** Its sessions move. */
  boolean isDrained() {
    return isDrained;
  }

  /** Null without a drain that has one; it may be over. */
  @Nullable Deadline deadline() {
    return deadline;
  }

  /** For people; empty if there is nothing to say. */
  String reason() {
    String what = deadline == null ? "fenced" : isDrained ? "drained" : "draining";
    if (!fence.isUp()) {
      return ownWord.reason() + (deadline == null ? "" : "; " + what);
    }
    if (isByFile) {
      return what + " by the configuration";
    }
    return deadline == null ? "" : what;
  }
}
