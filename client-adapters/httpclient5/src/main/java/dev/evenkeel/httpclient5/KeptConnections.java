package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Outcome;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Connections that the client holds on to after an authentication challenge, to repeat the request
 * with credentials. The repeat stays on its server: a nonce or a connection-based login is worth
 * nothing on another. Thread-safe.
 */
final class KeptConnections {
  private static final WeakSlots<ExecRuntime, Kept> KEPT = new WeakSlots<>(64);

  private KeptConnections() {}

  static void note(ExecRuntime runtime, TrackedAttempt attempt, HttpRoute logicalRoute) {
    KEPT.put(runtime, new Kept(attempt, logicalRoute));
  }

  /**
   * Begins an attempt on the server of the challenge, for the endpoint that {@code scope} already
   * holds. If the server closed the connection, the client connects that endpoint again, to the
   * same server.
   *
   * @return null if the endpoint is not one of ours
   */
  static @Nullable ServerChain resume(Scope scope, ExecChain next) {
    Kept kept = KEPT.remove(scope.execRuntime);
    if (kept == null || !kept.logicalRoute.equals(scope.route)) {
      return null;
    }
    // Where it cannot keep the connection, the client leaves the challenge's body unread.
    kept.attempt.end(Outcome.COMPLETED);
    return ServerChain.to(kept.attempt.again(), scope, next);
  }

  private record Kept(TrackedAttempt attempt, HttpRoute logicalRoute) {}
}
