package dev.evenkeel.balancer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The share that one server asks for in the answers to its probes: {@code 50%}, or {@code drain}
 * for no new sessions. The first word counts at once; later ones move the share halfway, so that a
 * server that changes its mind with every probe does not move all calls to and fro. {@code drain}
 * and its end always count at once. Confined to the control thread.
 */
final class OwnWord {
  private static final int FULL = 100;
  private static final int UNHEARD = -1;

  private int percent = FULL;
  private int asked = UNHEARD;
  private boolean isDrained;

  /**
   * A good probe came back.
   *
   * @param word what it said; null for nothing, which asks for the full share
   */
  void said(@Nullable String word) {
    if (word == null) {
      move(FULL, false);
      return;
    }
    String text = word.strip().toLowerCase(Locale.ROOT);
    int number = percentOf(text);
    if (text.equals("drain") || number == 0) {
      move(percent, true);
    } else if (number > 0) {
      move(Math.min(number, FULL), false);
    }
  }

  private void move(int wanted, boolean drains) {
    boolean isFirst = asked == UNHEARD;
    isDrained = drains;
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
    isDrained = false;
  }

  boolean isDrained() {
    return isDrained;
  }

  /** 1..100. */
  int percent() {
    return percent;
  }

  /** For people; empty if there is nothing to say. */
  String reason() {
    if (isDrained) {
      return "the server asks to be drained";
    }
    boolean isFull = asked == FULL && percent == FULL;
    return asked == UNHEARD || isFull
        ? ""
        : "the server asks for " + asked + " %, has " + percent + " %";
  }
}
