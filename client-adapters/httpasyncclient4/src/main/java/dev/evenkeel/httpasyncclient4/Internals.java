package dev.evenkeel.httpasyncclient4;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.jspecify.annotations.Nullable;

/**
 * The few members of the client's own classes that the adapter reads, sets or calls. Each stands in
 * {@link HttpAsyncClient4Adapter#reflectiveMembers} too. Stateless. Thread-safe.
 */
final class Internals {
  private static final String CLIENT = "org.apache.http.impl.nio.client.";
  private static final Class<?> DEFAULT_HANDLER;
  private static final VarHandle ROUTE;
  private static final VarHandle REQUEST;
  private static final VarHandle CONNECTION;
  private static final VarHandle CLOSED;
  private static final VarHandle PRODUCER;
  private static final VarHandle FINAL_RESPONSE;
  private static final MethodHandle REQUEST_CONNECTION;
  private static final MethodHandle RELEASE_CONNECTION;

  static {
    try {
      DEFAULT_HANDLER = type("DefaultClientExchangeHandlerImpl");
      Lookup handler = lookup("AbstractClientExchangeHandler");
      ROUTE = field(handler, "routeRef", AtomicReference.class);
      REQUEST = field(handler, "requestRef", AtomicReference.class);
      CONNECTION = field(handler, "managedConnRef", AtomicReference.class);
      CLOSED = field(handler, "closed", AtomicBoolean.class);
      PRODUCER =
          field(
              lookup("DefaultClientExchangeHandlerImpl"),
              "requestProducer",
              HttpAsyncRequestProducer.class);
      FINAL_RESPONSE = field(lookup("InternalState"), "finalResponse", HttpResponse.class);
      REQUEST_CONNECTION = method(handler, "requestConnection");
      RELEASE_CONNECTION = method(handler, "releaseConnection");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Internals() {}

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(CLIENT + name, false, Internals.class.getClassLoader());
  }

  private static Lookup lookup(String name) throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(type(name), MethodHandles.lookup());
  }

  private static VarHandle field(Lookup owner, String name, Class<?> type)
      throws ReflectiveOperationException {
    return owner.findVarHandle(owner.lookupClass(), name, type);
  }

  private static MethodHandle method(Lookup owner, String name)
      throws ReflectiveOperationException {
    return owner
        .findVirtual(owner.lookupClass(), name, methodType(void.class))
        .asType(methodType(void.class, Object.class));
  }

  /** False for the handlers of the minimal and of the pipelining client. */
  static boolean isOfDefaultClient(Object handler) {
    return DEFAULT_HANDLER.isInstance(handler);
  }

  static @Nullable HttpRoute route(Object handler) {
    return (HttpRoute) ((AtomicReference<?>) ROUTE.get(handler)).get();
  }

  @SuppressWarnings("unchecked")
  static void setRoute(Object handler, HttpRoute route) {
    ((AtomicReference<HttpRoute>) ROUTE.get(handler)).set(route);
  }

  /** Has the handler send the call's main request next, whatever it was about to send. */
  static void forgetRequest(Object handler) {
    ((AtomicReference<?>) REQUEST.get(handler)).set(null);
  }

  /** What the handler is about to send: the request, a {@code CONNECT}, or null in between. */
  static @Nullable HttpRequestWrapper request(Object handler) {
    return (HttpRequestWrapper) ((AtomicReference<?>) REQUEST.get(handler)).get();
  }

  static @Nullable NHttpClientConnection connection(Object handler) {
    return (NHttpClientConnection) ((AtomicReference<?>) CONNECTION.get(handler)).get();
  }

  /** True once the call is over or given up. */
  static boolean isClosed(Object handler) {
    return ((AtomicBoolean) CLOSED.get(handler)).get();
  }

  /** True if the application can write the body of its request once more. */
  static boolean isRepeatable(Object handler) {
    return ((HttpAsyncRequestProducer) PRODUCER.get(handler)).isRepeatable();
  }

  /** True if the response on its way is the application's, false if the client goes on itself. */
  static boolean isFinal(Object state) {
    return FINAL_RESPONSE.get(state) != null;
  }

  static void fail(Object handler, Exception failure) {
    ((HttpAsyncClientExchangeHandler) handler).failed(failure);
  }

  static void requestConnection(Object handler) {
    invoke(REQUEST_CONNECTION, handler);
  }

  static void releaseConnection(Object handler) {
    invoke(RELEASE_CONNECTION, handler);
  }

  private static void invoke(MethodHandle method, Object handler) {
    try {
      method.invokeExact(handler);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
