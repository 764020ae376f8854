package dev.evenkeel.balancer;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The share that one server asks for in the answers to its probes: {@code 50%}, or {@code drain}
 * for no new sessions, or {@code drain 300} for none and an end of the old ones in 300 seconds. The
 * first word counts at once; later ones move the share halfway, so that a server that changes its
 * mind with every probe does not move all calls to and fro. {@code drain} and its end always count
 * at once. Confined to the control thread.
 */
final class OwnWord {
  private static final int FULL = 100;
  private static final int UNHEARD = -1;

  /** Up to three years. */
  private static final Pattern DRAIN = Pattern.compile("drain(?: +([0-9]{1,8}))?");

  private int percent = FULL;
  private int asked = UNHEARD;
  private final Fence fence = new Fence();

  /**
   * A good probe came back.
   *
   * @param word what it said; null for nothing, which asks for the full share
   */
  void said(@Nullable String word, long nowNanos) {
    if (word == null) {
      moveOn(FULL);
      return;
    }
    String text = word.strip().toLowerCase(Locale.ROOT);
    Matcher drain = DRAIN.matcher(text);
    int number = percentOf(text);
    if (drain.matches() || number == 0) {
      move(percent);
      drain(number == 0 ? null : drain.group(1), nowNanos);
    } else if (number > 0) {
      moveOn(Math.min(number, FULL));
    }
  }

  /** Said again and again, it counts from the first time; less and less, it comes to the same. */
  private void drain(@Nullable String seconds, long nowNanos) {
    if (seconds == null) {
      fence.raise();
    } else {
      fence.drainBy(Duration.ofSeconds(Integer.parseInt(seconds)), nowNanos);
    }
  }

  private void moveOn(int wanted) {
    fence.takeDown();
    move(wanted);
  }

  private void move(int wanted) {
    boolean isFirst = asked == UNHEARD;
    asked = wanted;
    int half = (wanted - percent) / 2;
    percent = isFirst || half == 0 ? wanted : percent + half;
  }

  /** -1 if it is none. */
  private static int percentOf(String text) {
    return text.matches("[0-9]{1,4}%")
        ? Integer.parseInt(text.substring(0, text.length() - 1))
        : -1;
  }

  /** Nobody listens any more. */
  void forget() {
    percent = FULL;
    asked = UNHEARD;
    fence.takeDown();
  }

  boolean isDrained() {
    return fence.isUp();
  }

  /** When it wants its sessions to move; null if it has not said so. */
  Fence.@Nullable Deadline deadline() {
    return fence.deadline();
  }

  /** 1..100. */
  int percent() {
    return percent;
  }

  /** For people; empty if there is nothing to say. */
  String reason() {
    if (fence.isUp()) {
      return "the server asks to be drained";
    }
    boolean isFull = asked == FULL && percent == FULL;
    return asked == UNHEARD || isFull
        ? ""
        : "the server asks for " + asked + " %, has " + percent + " %";
  }
}
