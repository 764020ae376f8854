package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a request through the client's connecting step, as an exchange: the first attempt
 * runs in the hooked method's own body, further ones after it, while nothing was sent. Not
 * thread-safe; one per exchange.
 *
 * <p>A pass is one try of the client's own retry, one hop of its redirects, or one answer to an
 * authentication challenge.
 */
final class BalancedCall {
  private final Exchange exchange;
  private final Scope logical;
  private final ExecChain next;

  private BalancedCall(Exchange exchange, Scope logical, ExecChain next) {
    this.exchange = exchange;
    this.logical = logical;
    this.next = next;
  }

  /**
   * Opens the exchange and begins its first attempt.
   *
   * @return scope and chain for the hooked method, and what {@link #finish} needs; null to leave
   *     the call alone
   */
  static Object @Nullable [] begin(ClassicHttpRequest request, Scope scope, ExecChain chain) {
    if (chain instanceof OwnChain || ServerRoutes.isUnixDomain(scope.route)) {
      return null;
    }
    try {
      if (!scope.execRuntime.isEndpointAcquired()) {
        return open(request, scope, chain);
      }
      GuardedAttempt repeated = KeptConnections.resume(scope.execRuntime, scope.route);
      if (repeated == null) {
        return null;
      }
      ServerChain resumed = ServerChain.to(repeated, scope, chain);
      return new Object[] {resumed.serverScope(), resumed};
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private static Object @Nullable [] open(
      ClassicHttpRequest request, Scope scope, ExecChain chain) {
    String host = scope.route.getTargetHost().getHostName();
    Exchange exchange =
        Evenkeel.balancer().open(host, new LogicalRequest(request, scope), RequestView.INSTANCE);
    if (exchange == null) {
      return null;
    }
    BalancedCall call = new BalancedCall(exchange, scope, chain);
    ServerChain first = call.nextServer();
    if (first == null) {
      var nowhere = new UnavailableRuntime(scope.execRuntime, exchange.unavailable());
      return new Object[] {Scopes.with(scope, scope.route, nowhere), chain};
    }
    return new Object[] {first.serverScope(), first, call};
  }

  private @Nullable ServerChain nextServer() {
    Attempt attempt = exchange.next();
    return attempt == null
        ? null
        : ServerChain.to(new GuardedAttempt(attempt, HttpClient5Adapter.NAME), logical, next);
  }

  /**
   * Settles the first attempt and, where it found no connection, tries the other servers.
   *
   * @param entered what {@link #begin} returned
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  static Object @Nullable [] finish(
      ExecChainHandler connectExec,
      ClassicHttpRequest request,
      Object @Nullable [] entered,
      @Nullable ClassicHttpResponse returned,
      @Nullable Throwable thrown) {
    if (entered == null || !(entered[1] instanceof ServerChain first)) {
      return null;
    }
    boolean movable = first.settle(returned, thrown);
    return movable && entered.length > 2
        ? ((BalancedCall) entered[2]).moveOn(connectExec, request, returned, thrown)
        : null;
  }

  private Object[] moveOn(
      ExecChainHandler connectExec,
      ClassicHttpRequest request,
      @Nullable ClassicHttpResponse returned,
      @Nullable Throwable thrown) {
    Pass pass = new Pass(connectExec, request, returned, thrown);
    boolean isMovable = true;
    while (isMovable) {
      ServerChain server;
      try {
        server = nextServer();
      } catch (Throwable fault) {
        Faults.report(fault);
        pass.run(logical, new OwnChain(next));
        break;
      }
      if (server == null) {
        break;
      }
      pass.run(server.serverScope(), server);
      isMovable = server.settle(pass.returned(), pass.thrown());
    }
    return pass.result();
  }
}
