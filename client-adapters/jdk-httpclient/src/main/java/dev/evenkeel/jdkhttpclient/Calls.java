package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import dev.evenkeel.spi.WeakIdentityMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the advice does: follows each balanced call of the client from its first try to the end of
 * its body. A call is known by the very request object of its try. Thread-safe.
 */
final class Calls {
  private static final WeakIdentityMap<HttpRequest, BalancedCall> CALLS = new WeakIdentityMap<>();

  private Calls() {}

  /** The balanced call that a request belongs to; null if it is left alone. */
  static @Nullable BalancedCall of(HttpRequest request) {
    BalancedCall call = CALLS.get(request);
    return call == null || call.isLeftAlone() ? null : call;
  }

  /**
   * Opens the exchange of a try, unless it is a repetition for a call that has its server.
   *
   * @return what the try ends with, if there is no server for it, or none may get it; else null
   */
  static @Nullable CompletableFuture<Object> begin(Object clientExchange) {
    HttpRequest request = Internals.requestOf(clientExchange);
    String host = request.uri().getHost();
    if (host == null || request.method().equalsIgnoreCase("CONNECT")) {
      return null;
    }
    BalancedCall call = CALLS.get(request);
    if (call == null) {
      Exchange exchange = Evenkeel.balancer().open(host, request, HttpRequestView.INSTANCE);
      if (exchange == null) {
        return null;
      }
      SentBody body = SentBody.of(request, exchange);
      call = new BalancedCall(exchange, body);
      CALLS.put(request, call);
      if (call.hasServer() && body != null && body.isTooLong(request)) {
        end(request, call, Outcome.CANCELLED);
        return TooLargeBody.refuse(clientExchange);
      }
    }
    SentBody sent = call.body();
    if (sent != null) {
      sent.beginTry();
    }
    if (call.hasServer() && Proxies.isProxied(request)) {
      // Through a proxy the version of HTTP depends on the server, and its address is no look-up.
      InetSocketAddress unused = address(request);
    }
    return call.hasServer() || call.isLeftAlone()
        ? null
        : CompletableFuture.failedFuture(call.unavailable());
  }

  /**
   * Where to connect for a request: nothing of its server's form is in force before that.
   *
   * @return null to connect to the logical host
   */
  static @Nullable InetSocketAddress address(HttpRequest request) {
    BalancedCall call = of(request);
    if (call == null) {
      return null;
    }
    try {
      return call.address(request, Proxies.isProxied(request));
    } catch (Throwable fault) {
      Faults.report(fault);
      call.leaveAlone();
      return null;
    }
  }

  /** What the client reads the body of a try from; null to leave the application's own. */
  static @Nullable BodyPublisher publisher(HttpRequest request) {
    BalancedCall call = of(request);
    SentBody body = call == null ? null : call.body();
    return body == null ? null : body.publisher(request);
  }

  /** The client, or a handler of the application, threw where it should have failed a future. */
  static void thrown(Object clientExchange) {
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = of(request);
    if (call != null) {
      end(request, call, Outcome.CANCELLED);
    }
  }

  /**
   * A response has arrived.
   *
   * @param isOfTunnel true if it is a proxy's, which wants credentials before it makes a tunnel
   * @return its headers with the session's cookies; null to leave them
   */
  static @Nullable HttpHeaders answered(
      HttpRequest request, HttpHeaders headers, int status, boolean isOfTunnel) {
    BalancedCall call = of(request);
    if (call == null || !isFinal(request, status)) {
      return null;
    }
    if (isOfTunnel) {
      // No server has answered, and the client has no body for the application to read.
      end(request, call, Outcome.CANCELLED);
      return null;
    }
    SetCookie setCookies = call.answered(status, headers);
    if (status == 204) {
      // The client has no way of its own to read no body.
      end(request, call, Outcome.COMPLETED);
    }
    return setCookies == null ? null : withCookies(headers, setCookies);
  }

  /**
   * A response is about to be shown to the client's filters.
   *
   * @return the request to send again in its place; null to go on
   */
  static @Nullable HttpRequest givenUp(Object multiExchange) {
    HttpRequest request = Internals.currentRequest(multiExchange);
    BalancedCall call = of(request);
    if (call == null || Internals.isCancelled(multiExchange) || !call.giveUpResponse(request)) {
      return null;
    }
    Internals.sendAgain(multiExchange);
    return request;
  }

  private static boolean isFinal(HttpRequest request, int status) {
    return status >= 200 || (status == 101 && RequestInternals.isWebSocket(request));
  }

  private static HttpHeaders withCookies(HttpHeaders headers, SetCookie first) {
    Map<String, List<String>> all = new HashMap<>(headers.map());
    List<String> cookies = new ArrayList<>(headers.allValues("Set-Cookie"));
    for (SetCookie cookie = first; cookie != null; cookie = cookie.next()) {
      cookies.add(cookie.value());
    }
    all.keySet().removeIf("Set-Cookie"::equalsIgnoreCase);
    all.put("set-cookie", cookies);
    return HttpHeaders.of(all, (name, value) -> true);
  }

  /** What a failure of a future is about. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null
            && (failure instanceof CompletionException || failure instanceof ExecutionException)
        ? cause
        : failure;
  }

  /**
   * The application is about to read a body.
   *
   * @return a handler that sees the body's end; null to leave the application's own
   */
  static @Nullable BodyHandler<?> reading(Object clientExchange, BodyHandler<?> handler) {
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = of(request);
    return call == null ? null : watched(handler, new Ending(request, call));
  }

  private static <T> BodyHandler<T> watched(BodyHandler<T> handler, Ending ending) {
    return response -> new WatchedSubscriber<>(handler.apply(response), ending);
  }

  /** Sees a body that failed outside its subscriber, as in the application's handler. */
  static void read(Object clientExchange, CompletableFuture<?> body) {
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = of(request);
    if (call != null) {
      CompletableFuture<?> unused =
          body.whenComplete(
              (value, failure) -> {
                if (failure != null) {
                  end(request, call, outcomeOf(unwrapped(failure)));
                }
              });
    }
  }

  /** What else than I/O fails is a handler of the application. */
  private static Outcome outcomeOf(Throwable cause) {
    return cause instanceof IOException ? Outcome.IO_FAILED : Outcome.CANCELLED;
  }

  /**
   * The application is about to get its response.
   *
   * @return the body as a stream that sees its own end; null to leave it
   */
  static @Nullable InputStream streaming(Object clientExchange, @Nullable Object body) {
    if (!(body instanceof InputStream stream)) {
      return null;
    }
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = of(request);
    return call == null ? null : new WatchedStream(stream, new Ending(request, call));
  }

  /** The client follows a redirect or answers a challenge, and reads this body for nobody. */
  static void ignored(Object clientExchange) {
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = of(request);
    if (call != null && call.isDiscarding()) {
      Internals.forgetResponse(clientExchange);
    } else if (call != null) {
      end(request, call, Outcome.COMPLETED);
    }
  }

  /** The application has given the call up. */
  static void cancelled(Object clientExchange) {
    HttpRequest request = Internals.requestOf(clientExchange);
    BalancedCall call = of(request);
    if (call != null) {
      call.cancel();
      if (call.isAnswered()) {
        // Before the answer the try fails by itself; after it nobody may be left to read the body.
        end(request, call, Outcome.CANCELLED);
      }
    }
  }

  /** The call of a request has ended without an attempt. */
  static void forget(HttpRequest request) {
    CALLS.remove(request);
  }

  static void end(HttpRequest request, BalancedCall call, Outcome outcome) {
    CALLS.remove(request);
    call.end(outcome);
  }
}
