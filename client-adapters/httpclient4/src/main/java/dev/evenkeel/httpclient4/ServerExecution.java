package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.concurrent.Cancellable;
import org.apache.http.conn.ConnectionReleaseTrigger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's place between the application, which may give its call up, and the client. It also
 * sees how far the client came. Not thread-safe, except that the application may cancel at any
 * time.
 */
final class ServerExecution extends OwnExecution {
  private final GuardedAttempt attempt;
  private boolean isLeased;
  private int looksSinceLease;

  ServerExecution(GuardedAttempt attempt, @Nullable HttpExecutionAware theirs) {
    super(theirs);
    this.attempt = attempt;
  }

  /** The pool gave the client a connection, open or not. */
  boolean isLeased() {
    return isLeased;
  }

  /**
   * The connection stands, so the request may have been sent. {@code MainClientExec} looks whether
   * the call was aborted once before it connects and once after; {@code MinimalClientExec} does
   * not.
   */
  boolean isConnected() {
    return looksSinceLease > 1;
  }

  @Override
  public boolean isAborted() {
    if (isLeased) {
      looksSinceLease++;
    }
    return super.isAborted();
  }

  /** The application's own word, which is not one of the client's looks. */
  boolean isGivenUp() {
    return super.isAborted();
  }

  /** Cancelled is first the wait for a connection, then the connection, which can be released. */
  @Override
  public void setCancellable(Cancellable cancellable) {
    isLeased = cancellable instanceof ConnectionReleaseTrigger;
    super.setCancellable(
        () -> {
          attempt.end(Outcome.CANCELLED);
          return cancellable.cancel();
        });
  }
}
