package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import org.jspecify.annotations.Nullable;

/** An attempt whose faults are reported and stay here. Thread-safe. */
final class GuardedAttempt {
  private final Attempt attempt;

  GuardedAttempt(Attempt attempt) {
    this.attempt = attempt;
  }

  /** The response's headers have arrived. */
  void answered(int status, Object headers) {
    try {
      attempt.answered(status, headers, HeaderReader.INSTANCE);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** The cookies to add; null if there are none. */
  @Nullable SetCookie setCookies() {
    try {
      return attempt.setCookies();
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Another attempt on the same server; this one, which has ended, after a fault. */
  GuardedAttempt again() {
    try {
      return new GuardedAttempt(attempt.again());
    } catch (Throwable fault) {
      Faults.report(fault);
      return this;
    }
  }

  /** The attempt is over; the first call wins. */
  void end(Outcome outcome) {
    try {
      attempt.end(outcome);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
