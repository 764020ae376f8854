package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import org.jspecify.annotations.Nullable;

/** An attempt that remembers what it was told. Not thread-safe; one per test. */
final class FakeAttempt implements Attempt {
  @Nullable Outcome outcome;
  @Nullable FakeAttempt again;
  @Nullable RuntimeException faultInAgain;
  int status;

  /** What {@link #copy} gives; null for a call without a mirror. */
  @Nullable RequestCopy copy;

  @Override
  public Server server() {
    return new FakeServer();
  }

  @Override
  public SetCookie setCookies() {
    return new SetCookie("lb=1", null);
  }

  @Override
  public @Nullable RequestCopy copy() {
    return copy;
  }

  @Override
  public void answered(int newStatus) {
    status = newStatus;
  }

  @Override
  public void end(Outcome newOutcome) {
    outcome = outcome == null ? newOutcome : outcome;
  }

  @Override
  public Attempt again() {
    if (faultInAgain != null) {
      throw faultInAgain;
    }
    again = new FakeAttempt();
    return again;
  }
}
