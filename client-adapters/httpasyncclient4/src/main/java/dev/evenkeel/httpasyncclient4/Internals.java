package dev.evenkeel.httpasyncclient4;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The few members of the client's own classes that the adapter reads, sets or calls. Each stands in
 * {@link HttpAsyncClient4Adapter#reflectiveMembers} too. Stateless. Thread-safe.
 */
final class Internals {
  private static final String LIBRARY = "org.apache.http.impl.nio.";
  private static final Class<?> DEFAULT_HANDLER;
  private static final Class<?> MINIMAL_HANDLER;
  private static final VarHandle CONTEXT;
  private static final VarHandle ROUTE;
  private static final VarHandle REQUEST;
  private static final VarHandle CONNECTION;
  private static final VarHandle CLOSED;
  private static final VarHandle COMPLETED;
  private static final VarHandle STATE;
  private static final VarHandle EXEC_COUNT;
  private static final Fields FIELDS;
  private static final Fields MINIMAL_FIELDS;
  private static final VarHandle FINAL_RESPONSE;
  private static final MethodHandle REQUEST_CONNECTION;
  private static final MethodHandle RELEASE_CONNECTION;

  static {
    try {
      DEFAULT_HANDLER = type("client.DefaultClientExchangeHandlerImpl");
      MINIMAL_HANDLER = type("client.MinimalClientExchangeHandlerImpl");
      Lookup handler = lookup("client.AbstractClientExchangeHandler");
      CONTEXT = field(handler, "localContext", HttpClientContext.class);
      ROUTE = field(handler, "routeRef", AtomicReference.class);
      REQUEST = field(handler, "requestRef", AtomicReference.class);
      CONNECTION = field(handler, "managedConnRef", AtomicReference.class);
      CLOSED = field(handler, "closed", AtomicBoolean.class);
      COMPLETED = field(handler, "completed", AtomicBoolean.class);
      Lookup usual = lookup("client.DefaultClientExchangeHandlerImpl");
      STATE = field(usual, "state", type("client.InternalState"));
      EXEC_COUNT = field(lookup("client.InternalState"), "execCount", int.class);
      FIELDS = Fields.of(usual);
      MINIMAL_FIELDS = Fields.of(lookup("client.MinimalClientExchangeHandlerImpl"));
      FINAL_RESPONSE = field(lookup("client.InternalState"), "finalResponse", HttpResponse.class);
      REQUEST_CONNECTION = method(handler, "requestConnection");
      RELEASE_CONNECTION = method(handler, "releaseConnection");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Internals() {}

  /** What the handlers of both clients have, each in a class of its own. Immutable. */
  private record Fields(VarHandle producer, VarHandle consumer, VarHandle future) {
    static Fields of(Lookup handler) throws ReflectiveOperationException {
      return new Fields(
          field(handler, "requestProducer", HttpAsyncRequestProducer.class),
          field(handler, "responseConsumer", HttpAsyncResponseConsumer.class),
          field(handler, "resultFuture", BasicFuture.class));
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(LIBRARY + name, false, Internals.class.getClassLoader());
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

  /** False for the handlers of the pipelining client. */
  static boolean isBalanced(Object handler) {
    return DEFAULT_HANDLER.isInstance(handler) || isMinimal(handler);
  }

  private static boolean isMinimal(Object handler) {
    return MINIMAL_HANDLER.isInstance(handler);
  }

  /** The call's context, which the application may have made. */
  static HttpClientContext context(Object handler) {
    return (HttpClientContext) CONTEXT.get(handler);
  }

  static @Nullable HttpRoute route(Object handler) {
    return (HttpRoute) ((AtomicReference<?>) ROUTE.get(handler)).get();
  }

  @SuppressWarnings("unchecked")
  static void setRoute(Object handler, HttpRoute route) {
    ((AtomicReference<HttpRoute>) ROUTE.get(handler)).set(route);
  }

  /** Has the application begin its body anew. */
  static void resetBody(Object handler) throws IOException {
    producer(handler).resetRequest();
  }

  /**
   * Has the handler send the call's main request next, whatever it was about to send, as in its
   * first try: in another one it would have the application begin its body anew, begun or not, and
   * on the next server's connection. The minimal client knows no other request, and no other try.
   */
  static void beginAnew(Object handler) {
    if (!isMinimal(handler)) {
      ((AtomicReference<?>) REQUEST.get(handler)).set(null);
      EXEC_COUNT.set(STATE.get(handler), 0);
    }
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
    return producer(handler).isRepeatable();
  }

  private static Fields fields(Object handler) {
    return isMinimal(handler) ? MINIMAL_FIELDS : FIELDS;
  }

  private static HttpAsyncRequestProducer producer(Object handler) {
    return (HttpAsyncRequestProducer) fields(handler).producer().get(handler);
  }

  /** What takes the call's answer. */
  static HttpAsyncResponseConsumer<?> consumer(Object handler) {
    return (HttpAsyncResponseConsumer<?>) fields(handler).consumer().get(handler);
  }

  /** Ends the call as the client does, with what its consumer made of the answer. */
  @SuppressWarnings("unchecked")
  static void complete(Object handler, HttpAsyncResponseConsumer<?> consumer) throws IOException {
    BasicFuture<Object> future = (BasicFuture<Object>) fields(handler).future().get(handler);
    try {
      ((AtomicBoolean) COMPLETED.get(handler)).set(true);
      Object result = consumer.getResult();
      Exception failure = consumer.getException();
      boolean unused = failure == null ? future.completed(result) : future.failed(failure);
    } finally {
      ((HttpAsyncClientExchangeHandler) handler).close();
    }
  }

  /** True if the response on its way is the application's, false if the client goes on itself. */
  static boolean isFinal(Object state) {
    return FINAL_RESPONSE.get(state) != null;
  }

  /** Fails the call; with its future, which a minimal client since 4.1.1 leaves open. */
  static void fail(Object handler, Exception failure) {
    try {
      ((HttpAsyncClientExchangeHandler) handler).failed(failure);
    } finally {
      if (isMinimal(handler)) {
        boolean unused = ((BasicFuture<?>) MINIMAL_FIELDS.future().get(handler)).failed(failure);
      }
    }
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
