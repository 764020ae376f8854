package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.WeakIdentityMap;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * What each hook does, for the balanced call of the handler that it is in. One exchange goes from a
 * handler's wish for a connection to the end of the answer; a redirect that is followed is another
 * one, of the same handler. Thread-safe.
 */
final class Calls {
  private static final WeakIdentityMap<Object, BalancedCall> CALLS = new WeakIdentityMap<>();

  private Calls() {}

  /** The balanced call that a handler is on; null if it is on none. */
  static @Nullable BalancedCall of(Object handler) {
    return CALLS.get(handler);
  }

  /**
   * Leads the handler's connection to a server.
   *
   * @return true if the handler was failed, since there is no server
   */
  static boolean connect(Object handler) {
    if (!Internals.isBalanced(handler)) {
      return false;
    }
    HttpRequestWrapper request = Internals.request(handler);
    BalancedCall call = CALLS.get(handler);
    if (call != null && Allocations.isOfAttemptBefore(call)) {
      return true; // For the end of a connection that the call has left, which has another one.
    }
    if (call != null && call.isFor(request)) {
      // A kept connection that the server closed, a repeat with credentials, or our own move.
      Internals.setRoute(handler, call.serverRoute());
      return refused(handler, call);
    }
    return request != null && open(handler, request);
  }

  /** As {@link #connect}, for a request that was not seen before. */
  private static boolean open(Object handler, HttpRequestWrapper request) {
    HttpRoute logical = Internals.route(handler);
    if (logical == null) {
      return false;
    }
    try {
      String host = logical.getTargetHost().getHostName();
      Exchange exchange = Evenkeel.balancer().open(host, request, RequestView.INSTANCE);
      return exchange != null && begin(handler, new BalancedCall(exchange, request, logical));
    } catch (Throwable fault) {
      Faults.report(fault);
      abandon(handler, logical);
      return false;
    }
  }

  private static boolean begin(Object handler, BalancedCall call) {
    if (!call.begin()) {
      fail(handler, call.unavailable());
      return true;
    }
    CALLS.put(handler, call);
    if (Internals.isClosed(handler)) {
      call.end();
    }
    Internals.setRoute(handler, call.serverRoute());
    return refused(handler, call);
  }

  /** True if the call was answered here, since its body is too long for its server. */
  private static boolean refused(Object handler, BalancedCall call) {
    if (!call.body().isTooLong(call.request())) {
      return false;
    }
    abandon(handler, call.logicalRoute());
    TooLarge.answer(handler);
    return true;
  }

  /** Ends a call with something else than what its handler is about to be failed with. */
  static void failInstead(Object handler, BalancedCall call, Exception failure) {
    abandon(handler, call.logicalRoute());
    fail(handler, failure);
  }

  /** Ends the call of a handler that has no connection, or loses it by this. */
  static void fail(Object handler, Exception failure) {
    try {
      Internals.fail(handler, failure);
    } catch (Throwable applications) {
      // Its callback threw, after the call had failed; the client too goes on after that.
    }
  }

  /** Leaves the call to the client, as if it had never been ours. */
  private static void abandon(Object handler, HttpRoute logical) {
    Internals.setRoute(handler, logical);
    BalancedCall call = CALLS.get(handler);
    if (call != null) {
      CALLS.remove(handler);
      call.end();
    }
  }

  /**
   * Shows the client the transport of the call's server while it layers TLS. After a fault of ours
   * it finds none, and the call fails.
   *
   * @return what to give to {@link #sending}; null without a transport
   */
  static @Nullable Object layering(Object handler) {
    BalancedCall call = CALLS.get(handler);
    if (call == null) {
      return null;
    }
    try {
      ServerTls tls = call.transport();
      return tls == null ? null : TransportLayers.enter(tls);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /**
   * After the client has made the connection whole, or failed to.
   *
   * @param layers what {@link #layering} returned
   * @return the request that goes to the wire; {@code request} itself where nothing differs
   */
  static @Nullable HttpRequest sending(
      Object handler, @Nullable Object layers, @Nullable HttpRequest request) {
    if (layers instanceof TransportLayers entered) {
      entered.leave();
    }
    BalancedCall call = CALLS.get(handler);
    if (call == null || request == null) {
      return request;
    }
    return WireRequest.isConnect(request)
        ? WireRequest.toProxy(request, call.serverRoute())
        : call.sending(request, Unsent.sentBytes(handler), isRepeatable(handler));
  }

  /** What the application says of its body; false if it throws. */
  private static boolean isRepeatable(Object handler) {
    try {
      return Internals.isRepeatable(handler);
    } catch (Throwable applications) {
      return false;
    }
  }

  /**
   * Reports the answer, and shows the logical route while it is judged.
   *
   * @return what its connection is to end with, where it is given up; null where the client gets it
   */
  static @Nullable Object answered(Object handler, HttpResponse response) {
    BalancedCall call = CALLS.get(handler);
    if (call == null) {
      return null;
    }
    if (!call.isSent()) {
      return Moves.answeredByProxy(handler, call, response);
    }
    if (call.givesUp(response.getStatusLine().getStatusCode())) {
      return call.giveUp(response);
    }
    Internals.setRoute(handler, call.logicalRoute());
    call.answered(response);
    return null;
  }

  /**
   * Puts the server's route back, for the rest of the answer and a repeat.
   *
   * @param givenUp what {@link #answered} returned
   * @param thrown what an interceptor or the application's consumer ended with, if it threw
   * @return what to throw instead; null to change nothing
   */
  static @Nullable Throwable judged(
      Object handler, @Nullable Object givenUp, @Nullable Throwable thrown) {
    if (givenUp instanceof Throwable end) {
      return end;
    }
    BalancedCall call = CALLS.get(handler);
    if (call != null && thrown != null) {
      call.end();
    }
    if (call != null && call.isSent()) {
      Internals.setRoute(handler, call.serverRoute());
    }
    return null;
  }

  /**
   * The answer is complete: an attempt ends before the application learns of it.
   *
   * @return the request that was answered
   */
  static @Nullable Object completing(Object handler, Object state) {
    BalancedCall call = CALLS.get(handler);
    if (call != null && call.isSent()) {
      Internals.setRoute(handler, call.logicalRoute());
      if (Internals.isFinal(state)) {
        call.complete();
      }
    }
    return Internals.request(handler);
  }

  /** The same in the minimal client, which does nothing after it. */
  static void completing(Object handler) {
    BalancedCall call = CALLS.get(handler);
    if (call != null && call.isSent()) {
      call.complete();
    }
  }

  /**
   * After the client has prepared what it does next: nothing, a redirect, or a repeat.
   *
   * @param thrown what it ended with, if it threw: the call fails next, and needs its connection to
   *     learn of it
   */
  static void completed(Object handler, @Nullable Object answered, @Nullable Throwable thrown) {
    BalancedCall call = CALLS.get(handler);
    if (thrown != null) {
      if (call != null) {
        call.end();
      }
      return;
    }
    HttpRequestWrapper request = Internals.request(handler);
    if (call == null) {
      if (answered != null && request != null && request != answered) {
        redirected(handler, request);
      }
    } else if (call.isSent() && !call.isComplete()) {
      if (call.isFor(request)) {
        Internals.setRoute(handler, call.serverRoute());
        call.repeat();
        Allocations.repeated(call);
      } else {
        CALLS.remove(handler);
        call.complete();
        // A redirect on the same logical route would stay on this server's connection.
        Internals.releaseConnection(handler);
      }
    }
  }

  /** On a connection that the client keeps over the redirect, it would not ask for another. */
  private static void redirected(Object handler, HttpRequestWrapper request) {
    if (Internals.connection(handler) != null
        && !open(handler, request)
        && CALLS.get(handler) != null) {
      Internals.releaseConnection(handler);
    }
  }

  /**
   * Settles the attempt and, where nothing was sent, moves the call to another server.
   *
   * @return true if it was moved, and so has not failed, or if another thread sees to that
   */
  static boolean failed(Object handler, @Nullable Exception failure) {
    BalancedCall call = CALLS.get(handler);
    return call != null && !Internals.isClosed(handler) && Moves.failed(handler, call, failure);
  }

  /** True if the call has left what this thread closes its handler for, as after a timeout. */
  static boolean closing(Object handler) {
    BalancedCall call = CALLS.get(handler);
    return call != null && Allocations.isOfAttemptBefore(call);
  }

  /** The handler is done; what has not ended by now was given up. */
  static void ended(Object handler) {
    BalancedCall call = CALLS.get(handler);
    if (call != null) {
      CALLS.remove(handler);
      call.end();
    }
  }
}
