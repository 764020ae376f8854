package dev.evenkeel.okhttp;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
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
 * The insides of OkHttp 5: a call has an exchange finder, and that a route planner, which is the
 * plan. One plan tries all addresses of its server. Thread-safe.
 */
final class PlannerInsides implements Insides {
  private static final VarHandle CLIENT;
  private static final VarHandle FINDER;
  private static final VarHandle CONNECTION;
  private static final VarHandle EXCHANGE;
  private static final VarHandle ACTIVE;
  private static final VarHandle HAS_FAILURE;
  private static final MethodHandle DETACH;
  private static final MethodHandle PLANNER;
  private static final MethodHandle ADDRESS;
  private static final MethodHandle ENTER;
  private static final MethodHandle IS_SAME;
  private static final MethodHandle ROUTE;

  static {
    InsideType call = InsideType.of("internal.connection.RealCall");
    InsideType finder = InsideType.of("internal.connection.ExchangeFinder");
    InsideType planner = InsideType.of("internal.connection.RoutePlanner");
    InsideType exchange = InsideType.of("internal.connection.Exchange");
    InsideType carrier = InsideType.of("internal.http.ExchangeCodec$Carrier");
    InsideType connection = InsideType.of("internal.connection.RealConnection");
    InsideType chain = InsideType.of("internal.http.RealInterceptorChain");
    CLIENT = call.field("client", OkHttpClient.class);
    FINDER = call.field("exchangeFinder", finder.type());
    CONNECTION = call.field("connection", connection.type());
    EXCHANGE = call.field("interceptorScopedExchange", exchange.type());
    ACTIVE = call.field("exchange", exchange.type());
    DETACH =
        exchange.method(methodType(void.class, Object.class), "detachWithViolence", void.class);
    HAS_FAILURE = exchange.field("hasFailure", boolean.class);
    PLANNER =
        finder.method(methodType(Object.class, Object.class), "getRoutePlanner", planner.type());
    ADDRESS = planner.method(methodType(Address.class, Object.class), "getAddress", Address.class);
    IS_SAME =
        planner.method(
            methodType(boolean.class, Object.class, HttpUrl.class),
            "sameHostAndPort",
            boolean.class,
            HttpUrl.class);
    ENTER =
        call.method(
            methodType(
                void.class, Call.class, Request.class, boolean.class, Interceptor.Chain.class),
            "enterNetworkInterceptorExchange",
            void.class,
            Request.class,
            boolean.class,
            chain.type());
    ROUTE =
        MethodHandles.filterReturnValue(
            InsideType.of("internal.http.ExchangeCodec")
                .method(methodType(carrier.type(), Object.class), "getCarrier", carrier.type()),
            carrier.method(methodType(Route.class, carrier.type()), "getRoute", Route.class));
  }

  @Override
  public OkHttpClient client(Call call) {
    return (OkHttpClient) CLIENT.get(call);
  }

  @Override
  public Object plan(Call call) {
    try {
      return (Object) PLANNER.invokeExact((Object) FINDER.get(call));
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public Address address(Object plan) {
    try {
      return (Address) ADDRESS.invokeExact(plan);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public void replan(Call call, Request request, Interceptor.Chain chain) {
    try {
      ENTER.invokeExact(call, request, true, chain);
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

  @Override
  public @Nullable IOException failure(Throwable thrown) {
    return thrown instanceof IOException failure ? failure : null;
  }

  /** A call without an exchange has no connection. */
  @Override
  public boolean isUnsent(Call call, Throwable thrown) {
    return EXCHANGE.get(call) == null;
  }

  /** An exchange that failed marks itself. */
  @Override
  public boolean hasConnectionFailed(Call call) {
    return (boolean) HAS_FAILURE.get((Object) EXCHANGE.get(call));
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
    return false;
  }
}
