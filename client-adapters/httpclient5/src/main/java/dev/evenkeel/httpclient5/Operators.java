package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.WeakSlots;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.nio.MultihomeConnectionInitiator;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/**
 * What connects for a client, at the end of a few fields: asked once for each of the client's
 * connection managers, or of its pools of sessions, whether a transport's TLS would be spoken. An
 * operator of the application's own and a manager around the library's would not. Thread-safe.
 */
final class Operators {
  private static final WeakSlots<Object, Boolean> SPEAKING = new WeakSlots<>(256);
  private static final String ASYNC_OPERATOR =
      "org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator";
  private static final @Nullable Class<?> SESSIONS = library("async.InternalH2ConnPool");
  private static final @Nullable ManagerField[] MANAGERS = {
    ManagerField.of("classic.InternalExecRuntime", "manager"),
    ManagerField.of("async.InternalHttpAsyncExecRuntime", "manager"),
    ManagerField.of("async.InternalH2AsyncExecRuntime", "connPool"),
    ManagerField.of("classic.MinimalHttpClient", "connManager"),
    ManagerField.of("async.MinimalHttpAsyncClient", "manager")
  };

  private Operators() {}

  private static @Nullable Class<?> library(String name) {
    try {
      return Class.forName(
          "org.apache.hc.client5.http.impl." + name, false, HttpRoute.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /**
   * Where a kind of runtime, or a minimal client, has its connection manager or its pool of
   * sessions. Immutable.
   */
  private record ManagerField(Class<?> runtime, MethodHandle getter) {
    /** Null for a copy of the library that has another. */
    static @Nullable ManagerField of(String runtime, String name) {
      Class<?> owner = library(runtime);
      if (owner == null) {
        return null;
      }
      try {
        MethodHandle getter =
            MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                .unreflectGetter(owner.getDeclaredField(name));
        return new ManagerField(
            owner, getter.asType(MethodType.methodType(Object.class, Object.class)));
      } catch (ReflectiveOperationException e) {
        return null;
      }
    }

    Object get(@Nullable Object its) {
      try {
        return getter.invokeExact(its);
      } catch (Throwable unheardOf) {
        throw new IllegalStateException(unheardOf);
      }
    }
  }

  /** Whether the client of {@code runtime}, of whatever kind, can speak a transport's TLS. */
  static boolean speakTransports(Object runtime) {
    Object manager = managerOf(runtime);
    return manager != null && speaks(manager);
  }

  /**
   * Whether the client of {@code runtime} can be made to speak HTTP/2 in plain text. A pool of
   * sessions, which speaks nothing else, need not be.
   */
  static boolean forceHttp2(AsyncExecRuntime runtime) {
    Object manager =
        managerOf(runtime instanceof MinimalAsyncRuntime minimal ? minimal.connector() : runtime);
    return manager != null && !isSessions(manager) && speaks(manager);
  }

  private static boolean isSessions(Object manager) {
    return SESSIONS != null && SESSIONS.isInstance(manager);
  }

  private static @Nullable Object managerOf(Object runtime) {
    if (isSessions(runtime)) {
      return runtime;
    }
    for (ManagerField field : MANAGERS) {
      if (field != null && field.runtime().isInstance(runtime)) {
        return field.get(runtime);
      }
    }
    return null;
  }

  private static boolean speaks(Object manager) {
    Boolean known = SPEAKING.get(manager);
    if (known == null) {
      known = isHooked(manager);
      SPEAKING.put(manager, known);
    }
    return known;
  }

  private static boolean isHooked(Object manager) {
    try {
      Object operator = operatorOf(manager);
      return operator != null && isSeen(operator);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  private static @Nullable Object operatorOf(Object manager) throws IllegalAccessException {
    if (!isSessions(manager)) {
      return LibraryFields.first(manager, "connectionOperator");
    }
    // The pool proper is in a field that has had two names.
    Object pool = LibraryFields.first(manager, "sessionPool", "connPool");
    return pool == null ? null : LibraryFields.first(pool, "connectionInitiator");
  }

  /** Sends a probe where TLS is put on a connection: without one, all but a hook of ours fails. */
  private static boolean isSeen(Object operator) {
    TransportPass probe = TransportPass.probe();
    TransportPass before = probe.enter();
    try {
      if (operator instanceof DefaultHttpClientConnectionOperator classic) {
        classic.upgrade(null, probe.nowhere(), HttpClientContext.create());
      } else if (operator instanceof MultihomeConnectionInitiator initiator) {
        probe(initiator);
      } else if (isLibrarys(operator)) {
        ((AsyncClientConnectionOperator) operator).upgrade(null, probe.nowhere(), null);
      }
    } catch (Exception notHooked) {
      return probe.isSecured();
    } finally {
      TransportPass.leave(before);
    }
    return probe.isSecured();
  }

  /** Without a host it connects to nobody, and throws. */
  @SuppressWarnings({"NullAway", "FutureReturnValueIgnored"})
  private static void probe(MultihomeConnectionInitiator initiator) {
    Object unused = initiator.connect(null, null, null, null, null, null);
  }

  private static boolean isLibrarys(Object operator) {
    for (Class<?> type = operator.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(ASYNC_OPERATOR)) {
        return true;
      }
    }
    return false;
  }
}
