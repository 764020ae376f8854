package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.KeptBody;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
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
  private final ExecChainHandler connectExec;
  private @Nullable KeptBody kept;

  BalancedCall(Exchange exchange, Scope logical, ExecChain next, ExecChainHandler connectExec) {
    this.exchange = exchange;
    this.logical = logical;
    this.next = next;
    this.connectExec = connectExec;
  }

  Exchange exchange() {
    return exchange;
  }

  HttpClientContext context() {
    return logical.clientContext;
  }

  /** The same call, with less that follows its connection. */
  BalancedCall endingAt(ExecChain end) {
    BalancedCall call = new BalancedCall(exchange, logical, end, connectExec);
    call.kept = kept;
    return call;
  }

  /** True if the body is longer than it may be in a request that may have to be sent again. */
  boolean isTooLong(@Nullable HttpEntity entity) {
    return entity != null && entity.getContentLength() > exchange.maxBodyBytes();
  }

  /**
   * What to send: the body itself, or one that is kept on its way, or what was kept. The client
   * wraps bodies that can be read once, and calls them repeatable until they are read.
   */
  HttpEntity toSend(HttpEntity entity) {
    if (kept != null && kept.isWhole()) {
      return new KeptEntity(entity, kept);
    }
    boolean isOneShot = entity.isStreaming() || !entity.isRepeatable();
    kept = isOneShot ? exchange.keepBody(entity.getContentLength()) : null;
    return kept == null ? entity : new CopiedEntity(entity, kept);
  }

  /** The answer is the application's, and may be read for long: nobody needs the body any more. */
  void answerStands() {
    kept = null;
  }

  /** Whether a response is given up for one of another service, to which the request can go. */
  boolean givesUp(int status, @Nullable HttpEntity entity) {
    try {
      return (entity == null || entity.isRepeatable() || (kept != null && kept.isWhole()))
          && exchange.giveUp(status);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /** Sends a request to the next server, and to others while there is no connection. */
  Pass goOn(ClassicHttpRequest request) {
    Pass pass = new Pass(connectExec, request, null, null);
    moveOn(pass);
    return pass;
  }

  /**
   * Opens the exchange and begins its first attempt.
   *
   * @return scope and chain for the hooked method, and what {@link #finish} needs; null to leave
   *     the call alone
   */
  static Object @Nullable [] begin(
      ExecChainHandler connectExec, ClassicHttpRequest request, Scope scope, ExecChain chain) {
    if (chain instanceof OwnChain || ServerRoutes.isUnixDomain(scope.route)) {
      return null;
    }
    try {
      if (!scope.execRuntime.isEndpointAcquired()) {
        return open(connectExec, request, scope, chain);
      }
      GuardedAttempt repeated = KeptConnections.resume(scope.execRuntime, scope.route);
      if (repeated == null) {
        return null;
      }
      ServerChain resumed = ServerChain.to(repeated, null, scope, chain);
      return new Object[] {resumed.serverScope(), resumed};
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private static Object @Nullable [] open(
      ExecChainHandler connectExec, ClassicHttpRequest request, Scope scope, ExecChain chain) {
    String host = scope.route.getTargetHost().getHostName();
    Exchange exchange =
        Evenkeel.balancer().open(host, new LogicalRequest(request, scope), RequestView.INSTANCE);
    if (exchange == null) {
      return null;
    }
    BalancedCall call = new BalancedCall(exchange, scope, chain, connectExec);
    ServerChain first = call.nextServer();
    if (first == null) {
      var nowhere = new UnavailableRuntime(scope.execRuntime, exchange.unavailable());
      return new Object[] {Scopes.with(scope, scope.route, nowhere), chain};
    }
    return new Object[] {first.serverScope(), first, call};
  }

  /** The way to the next server, whose attempt has begun; null if there is none. */
  @Nullable ServerChain nextServer() {
    Attempt attempt = exchange.next();
    return attempt == null
        ? null
        : ServerChain.to(new GuardedAttempt(attempt, HttpClient5Adapter.NAME), this, logical, next);
  }

  /**
   * Settles the first attempt and, where it found no connection, tries the other servers.
   *
   * @param entered what {@link #begin} returned
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  static Object @Nullable [] finish(
      ClassicHttpRequest request,
      Object @Nullable [] entered,
      @Nullable ClassicHttpResponse returned,
      @Nullable Throwable thrown) {
    if (entered == null || !(entered[1] instanceof ServerChain first)) {
      return null;
    }
    boolean movable = first.settle(returned, thrown);
    if (!movable || entered.length < 3) {
      return null;
    }
    BalancedCall call = (BalancedCall) entered[2];
    Pass pass = new Pass(call.connectExec, request, returned, thrown);
    call.moveOn(pass);
    return pass.result();
  }

  /** Tries other servers while there is no connection. */
  void moveOn(Pass pass) {
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
  }
}
