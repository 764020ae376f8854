package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.SaturationSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Whether one server said that it is busy, to its calls or to its probes, and for how long. Of
 * several such words the one that reaches furthest counts. Confined to the control thread.
 */
final class Busy {
  /** A server that asks for longer is asked again after that. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final int MOST_DIGITS = 9;

  private boolean isBusy;
  private long untilNanos;
  private String reason = "";

  /**
   * The server answered one of the statuses.
   *
   * @param retryAfter what it said in that header; null for nothing
   * @param what as {@code answered 429}
   */
  void said(
      String what, @Nullable String retryAfter, SaturationSpec spec, long nowNanos, Instant now) {
    Duration length = length(retryAfter, spec.duration(), now);
    boolean isLonger = !isBusy || nowNanos + length.toNanos() - untilNanos > 0;
    if (isLonger && !length.isZero()) {
      isBusy = true;
      untilNanos = nowNanos + length.toNanos();
      reason = "busy: " + what;
    }
  }

  /** RFC 9110 section 10.2.3: seconds, or a date. What is neither counts as not said. */
  static Duration length(@Nullable String retryAfter, Duration none, Instant now) {
    if (retryAfter == null) {
      return none;
    }
    String text = retryAfter.strip();
    boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isNumber) {
      return text.length() > MOST_DIGITS
          ? LONGEST
          : bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(now, date));
    } catch (DateTimeParseException e) {
      return none;
    }
  }

  private static Duration bounded(Duration length) {
    if (length.isNegative()) {
      return Duration.ZERO;
    }
    return length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }

  void end() {
    isBusy = false;
  }

  void settle(long nowNanos) {
    isBusy = isBusy && nowNanos - untilNanos < 0;
  }

  /** Until it is over; {@link Health#NEVER} if it is. */
  long remainingNanos(long nowNanos) {
    return isBusy ? Math.max(0, untilNanos - nowNanos) : Health.NEVER;
  }

  boolean isBusy() {
    return isBusy;
  }

  /** For people, as {@code busy: answered 429}. */
  String reason() {
    return isBusy ? reason : "";
  }
}
