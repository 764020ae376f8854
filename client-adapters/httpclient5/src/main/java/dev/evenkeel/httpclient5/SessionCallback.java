package dev.evenkeel.httpclient5;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
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

  /**
   * Before a connection is made, by the initiator that the pools of every version have.
   *
   * @param arguments the initiator's: the host first, a pool's callback last
   * @return other arguments in place of these, all in one; null to change nothing
   */
  @SuppressWarnings("unchecked")
  static @Nullable Object @Nullable [] connecting(@Nullable Object[] arguments) {
    int last = arguments.length - 1;
    Object waiting = arguments[last];
    if (arguments[0] == null) {
      TransportPass.answerProbe();
    }
    if (waiting == null) {
      return null;
    }
    SessionCallback callback = new SessionCallback((FutureCallback<IOSession>) waiting);
    @Nullable Object[] changed = arguments.clone();
    changed[last] =
        arguments[0] instanceof HttpHost host && TransportPass.isMeant(host)
            ? new SecuringSession(
                TransportPass.connecting(host),
                host,
                TlsMembers.handshakeTimeout(arguments),
                callback)
            : callback;
    return new @Nullable Object[] {changed};
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
