package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.WeakSlots;
import org.apache.hc.client5.http.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * Connections that a client holds on to after an authentication challenge, to repeat the request
 * with credentials. The repeat stays on its server: a nonce or a connection-based login is worth
 * nothing on another. Each is known by the runtime of its call, classic or asynchronous.
 * Thread-safe.
 */
final class KeptConnections {
  private static final WeakSlots<Object, Kept> KEPT = new WeakSlots<>(256);

  private KeptConnections() {}

  static void note(Object runtime, GuardedAttempt attempt, HttpRoute logicalRoute) {
    KEPT.put(runtime, new Kept(attempt, logicalRoute));
  }

  /**
   * Begins an attempt on the server of the challenge, for the endpoint that {@code runtime} already
   * holds. If the server closed the connection, the client connects that endpoint again, to the
   * same server.
   *
   * @return null if the endpoint is not one of ours
   */
  static @Nullable GuardedAttempt resume(Object runtime, HttpRoute logicalRoute) {
    Kept kept = KEPT.remove(runtime);
    if (kept == null || !kept.logicalRoute.equals(logicalRoute)) {
      return null;
    }
    // Where it cannot keep the connection, the client leaves the challenge's body unread.
    kept.attempt.end(Outcome.COMPLETED);
    return kept.attempt.again();
  }

  private record Kept(GuardedAttempt attempt, HttpRoute logicalRoute) {}
}
