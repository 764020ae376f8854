package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.WeakSlots;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/**
 * What connects for a client, at the end of a few fields: asked once for each of the client's
 * connection managers whether a transport's TLS would be spoken. An operator of the application's
 * own, a manager around the library's and the HTTP/2-only client, which has neither, would not.
 * Thread-safe.
 */
final class Operators {
  private static final WeakSlots<Object, Boolean> SPEAKING = new WeakSlots<>(256);
  private static final String ASYNC_OPERATOR =
      "org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator";
  private static final @Nullable ManagerField CLASSIC =
      ManagerField.of("classic.InternalExecRuntime", HttpClientConnectionManager.class);
  private static final @Nullable ManagerField ASYNC =
      ManagerField.of("async.InternalHttpAsyncExecRuntime", AsyncClientConnectionManager.class);

  private Operators() {}

  /** Where a kind of runtime has its client's connection manager. Immutable. */
  private record ManagerField(Class<?> runtime, MethodHandle getter) {
    /** Null for a copy of the library that has another. */
    static @Nullable ManagerField of(String runtime, Class<?> type) {
      try {
        Class<?> owner =
            Class.forName(
                "org.apache.hc.client5.http.impl." + runtime, false, type.getClassLoader());
        MethodHandle getter =
            MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                .findGetter(owner, "manager", type);
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

  /** Whether the client of {@code runtime}, of either kind, can speak a transport's TLS. */
  static boolean speakTransports(@Nullable Object runtime) {
    Object manager = managerOf(CLASSIC, runtime);
    if (manager == null) {
      manager = managerOf(ASYNC, runtime);
    }
    return manager != null && speaks(manager);
  }

  /**
   * Whether the client of {@code runtime} can be made to speak HTTP/2 in plain text. The minimal
   * client's manager is not asked for: one that is not the library's speaks HTTP/1.1 then.
   */
  static boolean forceHttp2(AsyncExecRuntime runtime) {
    Object manager = managerOf(ASYNC, runtime);
    return manager == null ? runtime instanceof MinimalAsyncRuntime : speaks(manager);
  }

  private static @Nullable Object managerOf(
      @Nullable ManagerField field, @Nullable Object runtime) {
    return field != null && field.runtime().isInstance(runtime) ? field.get(runtime) : null;
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
    for (Class<?> type = manager.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals("connectionOperator") && field.trySetAccessible()) {
          return field.get(manager);
        }
      }
    }
    return null;
  }

  /** Sends a probe where TLS is put on a connection: without one, all but a hook of ours fails. */
  private static boolean isSeen(Object operator) {
    TransportPass probe = TransportPass.probe();
    TransportPass before = probe.enter();
    try {
      if (operator instanceof DefaultHttpClientConnectionOperator classic) {
        classic.upgrade(null, probe.nowhere(), HttpClientContext.create());
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

  private static boolean isLibrarys(Object operator) {
    for (Class<?> type = operator.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(ASYNC_OPERATOR)) {
        return true;
      }
    }
    return false;
  }
}
