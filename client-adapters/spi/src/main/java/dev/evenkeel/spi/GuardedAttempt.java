package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * An attempt as an adapter holds it: what tells of the call's way reports its own faults and never
 * throws, so that none reaches the application. {@link #server}, {@link #copy} and {@link #again}
 * throw what goes wrong: without their answer only the caller knows how to go on. It refers to
 * nothing of the client's, so keeping it keeps no connection. Thread-safe.
 */
public final class GuardedAttempt implements Attempt {
  private final Attempt attempt;
  private final String adapter;

  /**
   * Guards an attempt.
   *
   * @param adapter whose faults they are, as {@link ClientAdapter#name()}
   */
  public GuardedAttempt(Attempt attempt, String adapter) {
    this.attempt = attempt;
    this.adapter = adapter;
  }

  @Override
  public Server server() {
    return attempt.server();
  }

  @Override
  public @Nullable RequestCopy copy() {
    return attempt.copy();
  }

  @Override
  public GuardedAttempt again() {
    return new GuardedAttempt(attempt.again(), adapter);
  }

  /** {@inheritDoc} After a fault too there is none. */
  @Override
  public @Nullable SetCookie setCookies() {
    try {
      return attempt.setCookies();
    } catch (Throwable fault) {
      Evenkeel.fault(adapter, fault);
      return null;
    }
  }

  @Override
  public void answered(int status) {
    try {
      attempt.answered(status);
    } catch (Throwable fault) {
      Evenkeel.fault(adapter, fault);
    }
  }

  @Override
  public <R> void answered(int status, R response, ResponseReader<R> reader) {
    try {
      attempt.answered(status, response, reader);
    } catch (Throwable fault) {
      Evenkeel.fault(adapter, fault);
    }
  }

  @Override
  public void rests(boolean isResting) {
    try {
      attempt.rests(isResting);
    } catch (Throwable fault) {
      Evenkeel.fault(adapter, fault);
    }
  }

  @Override
  public void end(Outcome outcome) {
    try {
      attempt.end(outcome);
    } catch (Throwable fault) {
      Evenkeel.fault(adapter, fault);
    }
  }
}
