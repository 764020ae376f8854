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
 * The insides of OkHttp 3.14 to 4.3: a call has a transmitter, and that an exchange finder, which
 * is the plan and tries one address of its server at a time. Thread-safe.
 *
 * <p>The transmitter compares each request with the one that it planned for last, and keeps its
 * plan for as long as both are for one origin. So a balanced call's is told the logical request
 * once the plan is made: OkHttp's own retries then stay on the server.
 */
final class TransmitterInsides extends RoutedInsides {
  /** No request is for this origin, so that the transmitter never takes its old plan for ours. */
  private static final Request ELSEWHERE =
      new Request.Builder().url("http://elsewhere.invalid:1/").build();

  private static final VarHandle CLIENT;
  private static final VarHandle TRANSMITTER;
  private static final VarHandle FINDER;
  private static final VarHandle PLANNED;
  private static final VarHandle ACTIVE;
  private static final VarHandle ADDRESS;
  private static final VarHandle HAS_FAILED;
  private static final MethodHandle DETACH;
  private static final MethodHandle PREPARE;
  private static final MethodHandle CAN_RETRY;
  private static final MethodHandle ROUTE;

  static {
    InsideType call = InsideType.of("RealCall");
    InsideType transmitter = InsideType.of("internal.connection.Transmitter");
    InsideType finder = InsideType.of("internal.connection.ExchangeFinder");
    InsideType connection = InsideType.of("internal.connection.RealConnection");
    InsideType exchange = InsideType.of("internal.connection.Exchange");
    CLIENT = call.field("client", OkHttpClient.class);
    TRANSMITTER = call.field("transmitter", transmitter.type());
    FINDER = transmitter.field("exchangeFinder", finder.type());
    PLANNED = transmitter.field("request", Request.class);
    ACTIVE = transmitter.field("exchange", exchange.type());
    DETACH =
        exchange.method(methodType(void.class, Object.class), "detachWithViolence", void.class);
    ADDRESS = finder.field("address", Address.class);
    HAS_FAILED = finder.field("hasStreamFailure", boolean.class);
    PREPARE =
        transmitter.method(
            methodType(void.class, Object.class, Request.class),
            "prepareToConnect",
            void.class,
            Request.class);
    CAN_RETRY =
        transmitter.method(methodType(boolean.class, Object.class), "canRetry", boolean.class);
    ROUTE =
        MethodHandles.filterReturnValue(
            InsideType.of("internal.http.ExchangeCodec")
                .method(
                    methodType(connection.type(), Object.class), "connection", connection.type()),
            connection.method(methodType(Route.class, connection.type()), "route", Route.class));
  }

  private final UnmadeConnection unmade = new UnmadeConnection();

  @Override
  public OkHttpClient client(Call call) {
    return (OkHttpClient) CLIENT.get(call);
  }

  @Override
  public Object plan(Call call) {
    return (Object) FINDER.get((Object) TRANSMITTER.get(call));
  }

  @Override
  public Address address(Object plan) {
    return (Address) ADDRESS.get(plan);
  }

  @Override
  public void replan(Call call, Request request, Interceptor.Chain chain) {
    Object transmitter = (Object) TRANSMITTER.get(call);
    PLANNED.set(transmitter, ELSEWHERE);
    try {
      PREPARE.invokeExact(transmitter, request);
      PLANNED.set(transmitter, chain.request());
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  /** Here it is the connection that is asked, and there is none yet. */
  @Override
  public boolean isAccepted(Object plan, HttpUrl logical) {
    return unmade.isLogicalAccepted();
  }

  /** To make a plan lets go of the connection, so there is nothing to keep. */
  @Override
  public @Nullable Connection held(Call call) {
    return null;
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
  public boolean hasConnectionFailed(Call call) {
    return (boolean) HAS_FAILED.get(plan(call));
  }

  @Override
  public void letGo(Call call) {
    Object active = (Object) ACTIVE.get((Object) TRANSMITTER.get(call));
    if (active != null) {
      try {
        DETACH.invokeExact(active);
      } catch (Throwable fault) {
        throw new IllegalStateException(fault);
      }
    }
  }

  @Override
  public boolean hasOtherAddress(Call call) {
    try {
      return client(call).retryOnConnectionFailure()
          && (boolean) CAN_RETRY.invokeExact((Object) TRANSMITTER.get(call));
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }
}
