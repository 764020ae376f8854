package dev.evenkeel.httpclient5;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a connection that is made for a pool of sessions, in place of the pool's own
 * callback, which tells the calls that wait for it under the pool's lock. Thread-safe.
 */
final class SessionCallback implements FutureCallback<IOSession> {
  private final FutureCallback<IOSession> pools;

  SessionCallback(FutureCallback<IOSession> pools) {
    this.pools = pools;
  }

  /**
   * Before a connection is made for a pool.
   *
   * @param waiting the pool's callback
   * @return what takes its place; null to change nothing
   */
  @SuppressWarnings("unchecked")
  static @Nullable Object around(@Nullable Object waiting) {
    return waiting == null || waiting instanceof SessionCallback
        ? null
        : new SessionCallback((FutureCallback<IOSession>) waiting);
  }

  @Override
  public void completed(IOSession session) {
    PoolTurn.enter();
    try {
      pools.completed(session);
    } finally {
      leave();
    }
  }

  @Override
  public void failed(Exception cause) {
    PoolTurn.enter();
    try {
      pools.failed(cause);
    } finally {
      leave();
    }
  }

  @Override
  public void cancelled() {
    PoolTurn.enter();
    try {
      pools.cancelled();
    } finally {
      leave();
    }
  }

  /** What an application's callback throws is the reactor's to handle. */
  private static void leave() {
    Throwable thrown = PoolTurn.leave();
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }
}
