package dev.evenkeel.httpclient5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How the client of {@code createHttp2Minimal} connects for one call: it asks its pool for a
 * session, by a route, and until 5.3 by a host. Thread-safe.
 *
 * @param pool the client's
 */
record MinimalSessions(Object pool, @Nullable Timeout connectTimeout, HttpClientContext context)
    implements MinimalPool {
  private static final MethodHandle GET_SESSION;
  private static final boolean IS_BY_ROUTE;

  static {
    try {
      Class<?> pool =
          Class.forName(
              "org.apache.hc.client5.http.impl.async.InternalH2ConnPool",
              false,
              HttpRoute.class.getClassLoader());
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(pool, MethodHandles.lookup());
      MethodHandle byRoute = getSession(lookup, pool, HttpRoute.class);
      MethodHandle found = byRoute == null ? getSession(lookup, pool, HttpHost.class) : byRoute;
      if (found == null) {
        throw new NoSuchMethodException("getSession");
      }
      IS_BY_ROUTE = byRoute != null;
      GET_SESSION =
          found.asType(
              MethodType.methodType(
                  Future.class, Object.class, Object.class, Timeout.class, FutureCallback.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static @Nullable MethodHandle getSession(
      MethodHandles.Lookup lookup, Class<?> pool, Class<?> target) throws IllegalAccessException {
    try {
      return lookup.findVirtual(
          pool,
          "getSession",
          MethodType.methodType(Future.class, target, Timeout.class, FutureCallback.class));
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /**
   * A client asks its pool for a session.
   *
   * @param arguments the pool's: the target, the timeout, who waits
   * @return the arguments to ask with, and what {@link MinimalAsyncCall#leased} needs, null if
   *     nothing is balanced
   */
  static @Nullable Object[] begin(Object pool, Object[] arguments) {
    PoolTurn.enter();
    try {
      FutureCallback<?> callback = (FutureCallback<?>) arguments[2];
      Captured captured = callback instanceof MinimalLease ? null : Captured.by(callback);
      if (captured != null) {
        return begin(
            new MinimalSessions(pool, (Timeout) arguments[1], captured.context()),
            captured,
            arguments);
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
    return new @Nullable Object[] {arguments, null};
  }

  private static @Nullable Object[] begin(
      MinimalSessions sessions, Captured captured, Object[] arguments) {
    HttpHost logical =
        arguments[0] instanceof HttpRoute route ? route.getTargetHost() : (HttpHost) arguments[0];
    @Nullable Object @Nullable [] begun =
        MinimalAsyncCall.begin(
            sessions, captured.request(), logical, (FutureCallback<?>) arguments[2]);
    if (begun == null) {
      return new @Nullable Object[] {arguments, null};
    }
    HttpHost server = (HttpHost) begun[0];
    Object target = server == null ? null : target(server);
    return new @Nullable Object[] {new @Nullable Object[] {target, arguments[1], begun[1]}, begun};
  }

  private static Object target(HttpHost host) {
    return IS_BY_ROUTE ? new HttpRoute(host) : host;
  }

  /**
   * The pool has begun to connect, or could not.
   *
   * @param entered what {@link #begin} returned
   * @return as {@link MinimalAsyncCall#leased}
   */
  static @Nullable Object @Nullable [] begun(
      @Nullable Object @Nullable [] entered,
      @Nullable Future<?> returned,
      @Nullable Throwable thrown) {
    if (entered == null) {
      return null;
    }
    @Nullable Object @Nullable [] ended = null;
    Throwable later;
    try {
      ended = MinimalAsyncCall.leased((@Nullable Object[]) entered[1], returned, thrown);
    } finally {
      later = PoolTurn.leave();
    }
    return later == null ? ended : new @Nullable Object[] {null, later};
  }

  @Override
  public Object connector() {
    return pool;
  }

  @Override
  public Future<?> connect(HttpHost host, FutureCallback<?> callback) {
    try {
      return (Future<?>)
          GET_SESSION.invokeExact(pool, target(host), connectTimeout, (FutureCallback<?>) callback);
    } catch (RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable unheardOf) {
      throw new IllegalStateException(unheardOf);
    }
  }

  @Override
  public void hand(FutureCallback<Object> theirs, Object connection, AsyncExecRuntime runtime) {
    theirs.completed(
        connection instanceof IOSession session && runtime instanceof AsyncServerRuntime server
            ? server.handed(session)
            : connection);
  }

  @Override
  public boolean isClosed() {
    try {
      return Reactors.isPoolClosed(pool);
    } catch (IllegalAccessException fault) {
      Faults.report(fault);
      return false;
    }
  }
}
