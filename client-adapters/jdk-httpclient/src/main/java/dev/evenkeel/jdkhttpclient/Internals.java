package dev.evenkeel.jdkhttpclient;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The few members of the client's own classes that the adapter reads or sets. Each stands in {@link
 * JdkHttpClientAdapter#reflectiveMembers} too. Stateless. Thread-safe.
 */
final class Internals {
  private static final String CLIENT = "jdk.internal.net.http.";
  private static final MethodHandle EXCHANGE_REQUEST;
  private static final VarHandle UPGRADING;
  private static final VarHandle HTTP_1_REQUEST;
  private static final VarHandle STREAM_REQUEST;
  private static final MethodHandle SYSTEM_HEADERS_SENT;
  private static final MethodHandle USER_HEADERS_SENT;
  private static final VarHandle FIXED_OUTER;
  private static final VarHandle CHUNKED_OUTER;
  private static final VarHandle STREAM_OUTER;
  private static final VarHandle CURRENT;
  private static final VarHandle PREVIOUS;
  private static final VarHandle EXCHANGE;
  private static final VarHandle CONNECTED;
  private static final VarHandle RESPONSE;
  private static final VarHandle MULTI;
  private static final VarHandle TRIES;
  private static final VarHandle CANCELLED;
  private static final VarHandle CONNECT_TIMEOUT;
  private static final MethodHandle RESET_CONNECT_TIMEOUT;
  private static final MethodHandle ENGINE;
  private static final MethodHandle NEW_RESPONSE;

  static {
    try {
      Lookup request = lookup("HttpRequestImpl");
      Lookup exchange = lookup("Exchange");
      EXCHANGE_REQUEST =
          exchange
              .findVirtual(exchange.lookupClass(), "request", methodType(request.lookupClass()))
              .asType(methodType(HttpRequest.class, Object.class));
      UPGRADING = field(exchange, "upgrading", boolean.class);
      CONNECTED = field(exchange, "exchImpl", lookup("ExchangeImpl").lookupClass());
      HTTP_1_REQUEST = field(lookup("Http1Request"), "request", request.lookupClass());
      Class<?> http1 = lookup("Http1Request").lookupClass();
      Lookup stream = lookup("Stream");
      STREAM_REQUEST = field(stream, "request", request.lookupClass());
      FIXED_OUTER = field(lookup("Http1Request$FixedContentSubscriber"), "this$0", http1);
      CHUNKED_OUTER = field(lookup("Http1Request$StreamSubscriber"), "this$0", http1);
      STREAM_OUTER = field(lookup("Stream$RequestSubscriber"), "this$0", stream.lookupClass());
      Lookup frame = lookup("frame.OutgoingHeaders");
      SYSTEM_HEADERS_SENT = headersOf(frame, "getSystemHeaders");
      USER_HEADERS_SENT = headersOf(frame, "getUserHeaders");
      Lookup multi = lookup("MultiExchange");
      CURRENT = field(multi, "currentreq", request.lookupClass());
      PREVIOUS = field(multi, "previousreq", request.lookupClass());
      EXCHANGE = field(multi, "exchange", exchange.lookupClass());
      RESPONSE = field(multi, "response", HttpResponse.class);
      MULTI = field(exchange, "multi", multi.lookupClass());
      TRIES = field(multi, "attempts", AtomicInteger.class);
      CANCELLED = field(multi, "cancelled", boolean.class);
      Lookup timeout = lookup("MultiExchange$ConnectTimeoutTracker");
      CONNECT_TIMEOUT = field(multi, "connectTimeout", timeout.lookupClass());
      RESET_CONNECT_TIMEOUT =
          timeout
              .findVirtual(timeout.lookupClass(), "reset", methodType(void.class))
              .asType(methodType(void.class, Object.class));
      Lookup tls = lookup("AbstractAsyncSSLConnection");
      ENGINE =
          tls.findStatic(
              tls.lookupClass(),
              "createEngine",
              methodType(
                  SSLEngine.class, SSLContext.class, String.class, int.class, SSLParameters.class));
      NEW_RESPONSE = newResponse(request, exchange);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Internals() {}

  private static MethodHandle newResponse(Lookup request, Lookup exchange)
      throws ReflectiveOperationException {
    Lookup response = lookup("Response");
    MethodHandle constructor =
        response.findConstructor(
            response.lookupClass(),
            methodType(
                void.class,
                request.lookupClass(),
                exchange.lookupClass(),
                HttpHeaders.class,
                lookup("HttpConnection").lookupClass(),
                int.class,
                HttpClient.Version.class,
                boolean.class));
    MethodHandle ofNoConnection = MethodHandles.insertArguments(constructor, 3, (Object) null);
    return MethodHandles.insertArguments(ofNoConnection, 4, HttpClient.Version.HTTP_1_1, false)
        .asType(
            methodType(
                Object.class, HttpRequest.class, Object.class, HttpHeaders.class, int.class));
  }

  static Lookup lookup(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName(CLIENT + name, false, HttpRequest.class.getClassLoader());
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private static VarHandle field(Lookup owner, String name, Class<?> type)
      throws ReflectiveOperationException {
    return owner.findVarHandle(owner.lookupClass(), name, type);
  }

  private static MethodHandle headersOf(Lookup frame, String getter)
      throws ReflectiveOperationException {
    return frame
        .findVirtual(frame.lookupClass(), getter, methodType(HttpHeaders.class))
        .asType(methodType(HttpHeaders.class, Object.class));
  }

  /** The request of one try: what the application sent, or what a redirect or challenge made. */
  static HttpRequest requestOf(Object exchange) {
    try {
      return (HttpRequest) EXCHANGE_REQUEST.invokeExact(exchange);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The response to an exchange that has no connection. */
  static Object newResponse(Object exchange, HttpHeaders headers, int status) {
    try {
      return (Object) NEW_RESPONSE.invokeExact(requestOf(exchange), exchange, headers, status);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** An engine as the client makes it for a connection. */
  static SSLEngine engine(SSLContext context, String peerHost, int port) {
    try {
      return (SSLEngine) ENGINE.invokeExact(context, peerHost, port, new SSLParameters());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpRequest requestOfHttp1(Object http1Request) {
    return (HttpRequest) HTTP_1_REQUEST.get(http1Request);
  }

  static HttpRequest requestOfStream(Object stream) {
    return (HttpRequest) STREAM_REQUEST.get(stream);
  }

  /** The request whose body it sends. */
  static HttpRequest requestOfSubscriber(Object subscriber) {
    if (isOf(FIXED_OUTER, subscriber)) {
      return requestOfHttp1(FIXED_OUTER.get(subscriber));
    }
    return isOf(CHUNKED_OUTER, subscriber)
        ? requestOfHttp1(CHUNKED_OUTER.get(subscriber))
        : requestOfStream(STREAM_OUTER.get(subscriber));
  }

  private static boolean isOf(VarHandle field, Object owner) {
    return field.coordinateTypes().get(0).isInstance(owner);
  }

  /** What the client adds to a request over HTTP/2. */
  static HttpHeaders systemHeadersOf(Object frame) {
    try {
      return (HttpHeaders) SYSTEM_HEADERS_SENT.invokeExact(frame);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the application gave to a request over HTTP/2. */
  static HttpHeaders userHeadersOf(Object frame) {
    try {
      return (HttpHeaders) USER_HEADERS_SENT.invokeExact(frame);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The request that a call of the application is at. */
  static HttpRequest currentRequest(Object multiExchange) {
    return (HttpRequest) CURRENT.get(multiExchange);
  }

  /** The try that a call of the application is at. */
  static Object exchange(Object multiExchange) {
    return EXCHANGE.get(multiExchange);
  }

  /** What a try runs on once it has a connection, or is making one by HTTP/1.1; null before. */
  static @Nullable Object connectedImpl(Object multiExchange) {
    return CONNECTED.getVolatile(EXCHANGE.get(multiExchange));
  }

  /** True if the application gave the call up, or its time is over. */
  static boolean isCancelled(Object multiExchange) {
    return (boolean) CANCELLED.getVolatile(multiExchange);
  }

  /**
   * Lets the client try its request once more without counting, and without running its filters
   * again: they would add each cookie a second time.
   */
  static void tryAgain(Object multiExchange) {
    HttpRequest request = currentRequest(multiExchange);
    PREVIOUS.set(multiExchange, request);
    int unused = ((AtomicInteger) TRIES.get(multiExchange)).decrementAndGet();
    forgetUpgrade(EXCHANGE.get(multiExchange), request);
  }

  /**
   * As {@link #tryAgain}, for a request that a server got: the next one is connected to afresh, and
   * may speak HTTP/2, where what HTTP/1.1 adds by itself has no place.
   */
  static void sendAgain(Object multiExchange) {
    tryAgain(multiExchange);
    Map<String, List<String>> headers =
        RequestInternals.systemHeaders(currentRequest(multiExchange));
    headers.remove("Host");
    headers.remove("Transfer-encoding");
    Object connectTimeout = CONNECT_TIMEOUT.get(multiExchange);
    if (connectTimeout != null) {
      resetConnectTimeout(connectTimeout);
    }
  }

  private static void resetConnectTimeout(Object connectTimeout) {
    try {
      RESET_CONNECT_TIMEOUT.invokeExact(connectTimeout);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the response that was given up out of what the application sees of earlier ones. */
  static void forgetResponse(Object exchange) {
    Object multiExchange = MULTI.get(exchange);
    if (RESPONSE.getVolatile(multiExchange) instanceof HttpResponse<?> response) {
      RESPONSE.setVolatile(multiExchange, before(response));
    }
  }

  private static @Nullable HttpResponse<?> before(HttpResponse<?> response) {
    return response.previousResponse().orElse(null);
  }

  /** The next server may speak TLS, where nobody asks for an upgrade to HTTP/2. */
  private static void forgetUpgrade(Object exchange, HttpRequest request) {
    if ((boolean) UPGRADING.getVolatile(exchange)) {
      UPGRADING.setVolatile(exchange, false);
      Map<String, List<String>> headers = RequestInternals.systemHeaders(request);
      headers.remove("Connection");
      headers.remove("Upgrade");
      headers.remove("HTTP2-Settings");
    }
  }
}
