package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Members that the library got after 5.1. They are reached by name, so that the adapter fits copies
 * without them: a class file that names one would turn the adapter off there. Thread-safe.
 */
final class LaterMembers {
  private static final @Nullable MethodHandle SET_REQUEST =
      find(HttpClientContext.class, "setRequest", void.class, HttpRequest.class);
  private static final @Nullable MethodHandle SET_ROUTE =
      find(HttpClientContext.class, "setRoute", void.class, HttpRoute.class);
  private static final @Nullable MethodHandle EXECUTE =
      find(
          ExecRuntime.class,
          "execute",
          ClassicHttpResponse.class,
          String.class,
          ClassicHttpRequest.class,
          HttpResponseInformationCallback.class,
          HttpClientContext.class);
  private static final @Nullable MethodHandle DISCONNECT =
      find(AsyncExecRuntime.class, "disconnectEndpoint", void.class);
  private static final @Nullable MethodHandle UPGRADE =
      find(
          AsyncExecRuntime.class,
          "upgradeTls",
          void.class,
          HttpClientContext.class,
          FutureCallback.class);
  private static final @Nullable MethodHandle INFO = endpointInfo(ExecRuntime.class);
  private static final @Nullable MethodHandle ASYNC_INFO = endpointInfo(AsyncExecRuntime.class);

  private static final @Nullable MethodHandle SSL_SESSION = sslSession();

  private LaterMembers() {}

  private static @Nullable MethodHandle find(
      Class<?> type, String name, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(type, name, MethodType.methodType(result, parameters));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  private static @Nullable MethodHandle endpointInfo(Class<?> runtime) {
    try {
      Class<?> info =
          Class.forName("org.apache.hc.client5.http.EndpointInfo", false, runtime.getClassLoader());
      return find(runtime, "getEndpointInfo", info);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable MethodHandle sslSession() {
    return ASYNC_INFO == null
        ? null
        : find(ASYNC_INFO.type().returnType(), "getSslSession", SSLSession.class);
  }

  /** Puts a request into a context; until 5.3 it is an attribute there. */
  static void setRequest(HttpClientContext context, HttpRequest request) {
    if (SET_REQUEST == null) {
      context.setAttribute(HttpContext.RESERVED_PREFIX + "request", request);
      return;
    }
    try {
      SET_REQUEST.invokeExact(context, request);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** Puts a route into a context; until 5.3 it is an attribute there. */
  static void setRoute(HttpClientContext context, HttpRoute route) {
    if (SET_ROUTE == null) {
      context.setAttribute(HttpContext.RESERVED_PREFIX + "route", route);
      return;
    }
    try {
      SET_ROUTE.invokeExact(context, route);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** Came with 5.4. */
  static @Nullable EndpointInfo endpointInfo(ExecRuntime runtime) {
    if (INFO == null) {
      return null;
    }
    try {
      return (EndpointInfo) INFO.invokeExact(runtime);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Came with 5.4. */
  static @Nullable EndpointInfo endpointInfo(AsyncExecRuntime runtime) {
    if (ASYNC_INFO == null) {
      return null;
    }
    try {
      return (EndpointInfo) ASYNC_INFO.invokeExact(runtime);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Whether there is TLS on the runtime's connection; null if it is gone, and until 5.3. */
  static @Nullable Boolean isSecured(AsyncExecRuntime runtime) {
    EndpointInfo info = endpointInfo(runtime);
    if (info == null || SSL_SESSION == null) {
      return null;
    }
    try {
      return (SSLSession) SSL_SESSION.invokeExact(info) != null;
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Came with 5.4; until then nobody has a callback to give. */
  static ClassicHttpResponse execute(
      ExecRuntime runtime,
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context)
      throws IOException, HttpException {
    if (EXECUTE == null) {
      return runtime.execute(id, request, context);
    }
    try {
      return (ClassicHttpResponse) EXECUTE.invokeExact(runtime, id, request, informed, context);
    } catch (IOException | HttpException | RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable unheardOf) {
      throw new IllegalStateException(unheardOf);
    }
  }

  /** Came with 5.2; until then nobody has a callback to give. */
  static void upgradeTls(
      AsyncExecRuntime runtime,
      HttpClientContext context,
      @Nullable FutureCallback<AsyncExecRuntime> callback) {
    if (UPGRADE == null) {
      runtime.upgradeTls(context);
      return;
    }
    try {
      UPGRADE.invokeExact(runtime, context, (FutureCallback<?>) callback);
    } catch (RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** Came with 5.3; nobody calls it where it is not. */
  static void disconnectEndpoint(AsyncExecRuntime runtime) {
    if (DISCONNECT == null) {
      return;
    }
    try {
      DISCONNECT.invokeExact(runtime);
    } catch (RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
