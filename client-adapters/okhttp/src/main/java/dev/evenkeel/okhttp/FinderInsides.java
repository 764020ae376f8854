package dev.evenkeel.okhttp;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import okhttp3.Address;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * The insides of OkHttp 4.4 to 4.12: a call's exchange finder is its plan, and tries one address of
 * its server at a time. Thread-safe.
 */
final class FinderInsides extends RoutedInsides {
  private static final VarHandle CLIENT;
  private static final VarHandle FINDER;
  private static final VarHandle CONNECTION;
  private static final VarHandle EXCHANGE;
  private static final VarHandle ACTIVE;
  private static final VarHandle ADDRESS;
  private static final VarHandle REFUSED;
  private static final VarHandle SHUT_DOWN;
  private static final VarHandle FAILED;
  private static final MethodHandle DETACH;
  private static final MethodHandle ENTER;
  private static final MethodHandle IS_SAME;
  private static final MethodHandle CAN_RETRY;
  private static final MethodHandle ROUTE;

  static {
    InsideType call = InsideType.of("internal.connection.RealCall");
    InsideType finder = InsideType.of("internal.connection.ExchangeFinder");
    InsideType connection = InsideType.of("internal.connection.RealConnection");
    InsideType exchange = InsideType.of("internal.connection.Exchange");
    CLIENT = call.field("client", OkHttpClient.class);
    FINDER = call.field("exchangeFinder", finder.type());
    CONNECTION = call.field("connection", connection.type());
    EXCHANGE = call.field("interceptorScopedExchange", exchange.type());
    ACTIVE = call.field("exchange", exchange.type());
    DETACH =
        exchange.method(methodType(void.class, Object.class), "detachWithViolence", void.class);
    ADDRESS = finder.field("address", Address.class);
    REFUSED = finder.field("refusedStreamCount", int.class);
    SHUT_DOWN = finder.field("connectionShutdownCount", int.class);
    FAILED = finder.field("otherFailureCount", int.class);
    ENTER =
        call.method(
            methodType(void.class, Call.class, Request.class, boolean.class),
            "enterNetworkInterceptorExchange",
            void.class,
            Request.class,
            boolean.class);
    IS_SAME =
        finder.method(
            methodType(boolean.class, Object.class, HttpUrl.class),
            "sameHostAndPort",
            boolean.class,
            HttpUrl.class);
    CAN_RETRY =
        call.method(methodType(boolean.class, Call.class), "retryAfterFailure", boolean.class);
    ROUTE =
        MethodHandles.filterReturnValue(
            InsideType.of("internal.http.ExchangeCodec")
                .method(
                    methodType(connection.type(), Object.class),
                    "getConnection",
                    connection.type()),
            connection.method(methodType(Route.class, connection.type()), "route", Route.class));
  }

  @Override
  public OkHttpClient client(Call call) {
    return (OkHttpClient) CLIENT.get(call);
  }

  @Override
  public Object plan(Call call) {
    return (Object) FINDER.get(call);
  }

  @Override
  public Address address(Object plan) {
    return (Address) ADDRESS.get(plan);
  }

  @Override
  public void replan(Call call, Request request, Interceptor.Chain chain) {
    try {
      ENTER.invokeExact(call, request, true);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public boolean isAccepted(Object plan, HttpUrl logical) {
    try {
      return (boolean) IS_SAME.invokeExact(plan, logical);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public @Nullable Connection held(Call call) {
    return (Connection) CONNECTION.get(call);
  }

  @Override
  public Route route(Object codec) {
    try {
      return (Route) ROUTE.invokeExact(codec);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** The finder counts the failures of a connection by kind, from when it was found. */
  @Override
  public boolean hasConnectionFailed(Call call) {
    Object finder = plan(call);
    return (int) REFUSED.get(finder) + (int) SHUT_DOWN.get(finder) + (int) FAILED.get(finder) > 0;
  }

  @Override
  public void letGo(Call call) {
    Object active = (Object) ACTIVE.get(call);
    if (active != null) {
      try {
        DETACH.invokeExact(active);
      } catch (Throwable fault) {
        throw new IllegalStateException(fault);
      }
    }
    EXCHANGE.set(call, null);
  }

  @Override
  public boolean hasOtherAddress(Call call) {
    try {
      return client(call).retryOnConnectionFailure() && (boolean) CAN_RETRY.invokeExact(call);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }
}
