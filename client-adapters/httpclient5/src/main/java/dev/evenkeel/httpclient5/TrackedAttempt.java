package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * An attempt whose own faults are reported and never reach the application. It refers to nothing of
 * the client's, so keeping it keeps no connection. Thread-safe.
 */
final class TrackedAttempt {
  private final Attempt attempt;

  TrackedAttempt(Attempt attempt) {
    this.attempt = attempt;
  }

  /** The attempt's server; the one call whose fault the caller handles. */
  Server server() {
    return attempt.server();
  }

  /** Another attempt on the same server; as with {@link #server}, a fault is the caller's. */
  TrackedAttempt again() {
    return new TrackedAttempt(attempt.again());
  }

  @Nullable SetCookie setCookies() {
    try {
      return attempt.setCookies();
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Null if there is no mirror for this call. */
  @Nullable RequestCopy copy() {
    return attempt.copy();
  }

  void answered(HttpResponse response) {
    try {
      attempt.answered(response.getCode(), response, HeaderReader.INSTANCE);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** Ends the attempt; calls after the first change nothing. */
  void end(Outcome outcome) {
    try {
      attempt.end(outcome);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
