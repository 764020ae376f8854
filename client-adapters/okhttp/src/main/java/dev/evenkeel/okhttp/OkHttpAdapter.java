package dev.evenkeel.okhttp;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the adapter hooks in OkHttp 3.14 and newer, by name only: this class loads without OkHttp.
 * Thread-safe.
 */
public final class OkHttpAdapter implements ClientAdapter {
  private static final String ADVICE = "dev.evenkeel.okhttp.";
  private static final String CONNECTION = "okhttp3.internal.connection";
  private static final String HTTP = "okhttp3.internal.http";
  private static final String CALL = CONNECTION + ".RealCall";
  private static final String CHAIN = HTTP + ".RealInterceptorChain";
  private static final String CLIENT = "okhttp3.OkHttpClient";
  private static final String CODEC = HTTP + ".ExchangeCodec";
  private static final String EXCHANGE = CONNECTION + ".Exchange";
  private static final String FINDER = CONNECTION + ".ExchangeFinder";
  private static final String HTTP_1_CODEC = "okhttp3.internal.http1.Http1ExchangeCodec";
  private static final String HTTP_2_CODEC = "okhttp3.internal.http2.Http2ExchangeCodec";
  private static final String OKHTTP = "okhttp3.OkHttp";
  private static final String OLD_CALL = "okhttp3.RealCall";
  private static final String PLANNER = CONNECTION + ".RealRoutePlanner";
  private static final String REAL_CONNECTION = CONNECTION + ".RealConnection";
  private static final String ROUTE_EXCEPTION = CONNECTION + ".RouteException";
  private static final String SELECTOR = CONNECTION + ".RouteSelector";
  private static final String TRANSMITTER = CONNECTION + ".Transmitter";

  private static final String OF_URL = "(Lokhttp3/HttpUrl;)Lokhttp3/Address;";
  private static final String SELECT = "(Lokhttp3/HttpUrl;Ljava/net/Proxy;)V";
  private static final String READ = "(Z)Lokhttp3/Response$Builder;";
  private static final String IS_URL = "(Lokhttp3/HttpUrl;)Z";
  private static final String CREATE = "(Lokhttp3/Request;J)Lokio/Sink;";
  private static final String INTERCEPT = "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;";
  private static final String PROCEED = "(Lokhttp3/Request;)Lokhttp3/Response;";
  private static final String TRANSMIT =
      "(Lokhttp3/Request;Lokhttp3/internal/connection/Transmitter;"
          + "Lokhttp3/internal/connection/Exchange;)Lokhttp3/Response;";
  private static final String DETACH = "detachWithViolence";
  private static final String TO_DETACH = "()V";
  private static final String IS_EXCHANGE = "Lokhttp3/internal/connection/Exchange;";
  private static final String OPEN = "(Lokhttp3/Response;)Lokio/Source;";
  private static final String WRITE = "(Lokhttp3/Request;)V";
  private static final String IS = "()Z";

  /** For the service loader. */
  public OkHttpAdapter() {}

  @Override
  public String name() {
    return Faults.ADAPTER;
  }

  /**
   * The hook that re-targets stands last: where classes are transformed one by one, what it relies
   * on is there before it.
   */
  @Override
  public List<Hook> hooks() {
    return List.of(
        // Which of these a version has, and uses, is told by its family.
        new Hook(TRANSMITTER, "createAddress", OF_URL, ADVICE + "AddressAdvice", true),
        new Hook(CALL, "createAddress", OF_URL, ADVICE + "AddressAdvice", true),
        new Hook(CLIENT, "address", OF_URL, ADVICE + "AddressAdvice", true),
        new Hook(CHAIN, "address", OF_URL, ADVICE + "AddressAdvice", true),
        new Hook(REAL_CONNECTION, "supportsUrl", IS_URL, ADVICE + "ConnectionAdvice", true),
        new Hook(FINDER, "sameHostAndPort", IS_URL, ADVICE + "PlannerAdvice", true),
        new Hook(PLANNER, "sameHostAndPort", IS_URL, ADVICE + "PlannerAdvice", true),
        // What the application is told, and no call relies on: a version without it is balanced.
        new Hook(SELECTOR, "resetNextProxy", SELECT, ADVICE + "SelectionAdvice", true),
        new Hook(CHAIN, "proceed", TRANSMIT, ADVICE + "ProceedAdvice", true),
        new Hook(CHAIN, "proceed", PROCEED, ADVICE + "ProceedAdvice"),
        new Hook(HTTP_1_CODEC, "openResponseBodySource", OPEN, ADVICE + "BodyAdvice"),
        new Hook(HTTP_2_CODEC, "openResponseBodySource", OPEN, ADVICE + "BodyAdvice"),
        new Hook(HTTP_1_CODEC, "readResponseHeaders", READ, ADVICE + "FailureAdvice"),
        new Hook(HTTP_1_CODEC, "createRequestBody", CREATE, ADVICE + "RequestBodyAdvice"),
        new Hook(HTTP_2_CODEC, "createRequestBody", CREATE, ADVICE + "RequestBodyAdvice"),
        new Hook(HTTP_1_CODEC, "writeRequestHeaders", WRITE, ADVICE + "WireAdvice"),
        new Hook(HTTP_2_CODEC, "writeRequestHeaders", WRITE, ADVICE + "WireAdvice"),
        new Hook(
            HTTP + ".RetryAndFollowUpInterceptor", "intercept", INTERCEPT, ADVICE + "CallAdvice"),
        new Hook(
            CONNECTION + ".ConnectInterceptor", "intercept", INTERCEPT, ADVICE + "ConnectAdvice"));
  }

  /** Newest first; the first one is taken for what an unknown version lacks. */
  @Override
  public List<List<Member>> families() {
    return List.of(
        planners(new Member(CHAIN, "address", OF_URL)),
        planners(new Member(CLIENT, "address", OF_URL)),
        finders(),
        transmitters());
  }

  /** What {@link PlannerInsides} needs: up to 5.3 the client makes the address, then the chain. */
  private static List<Member> planners(Member address) {
    return List.of(
        address,
        new Member(PLANNER, "sameHostAndPort", IS_URL),
        new Member(
            CALL,
            "enterNetworkInterceptorExchange",
            "(Lokhttp3/Request;ZLokhttp3/internal/http/RealInterceptorChain;)V"),
        new Member(CALL, "client", "Lokhttp3/OkHttpClient;"),
        new Member(CALL, "connection", "Lokhttp3/internal/connection/RealConnection;"),
        new Member(CALL, "exchangeFinder", "Lokhttp3/internal/connection/ExchangeFinder;"),
        new Member(CALL, "interceptorScopedExchange", IS_EXCHANGE),
        new Member(CALL, "exchange", IS_EXCHANGE),
        new Member(EXCHANGE, DETACH, TO_DETACH),
        new Member(EXCHANGE, "hasFailure", "Z"),
        new Member(FINDER, "getRoutePlanner", "()Lokhttp3/internal/connection/RoutePlanner;"),
        new Member(CONNECTION + ".RoutePlanner", "getAddress", "()Lokhttp3/Address;"),
        new Member(CONNECTION + ".RoutePlanner", "sameHostAndPort", IS_URL),
        new Member(CODEC, "getCarrier", "()Lokhttp3/internal/http/ExchangeCodec$Carrier;"),
        new Member(CODEC + "$Carrier", "getRoute", "()Lokhttp3/Route;"));
  }

  /** What {@link FinderInsides} needs. */
  private static List<Member> finders() {
    return List.of(
        new Member(CALL, "createAddress", OF_URL),
        new Member(FINDER, "sameHostAndPort", IS_URL),
        new Member(CALL, "enterNetworkInterceptorExchange", "(Lokhttp3/Request;Z)V"),
        new Member(CALL, "client", "Lokhttp3/OkHttpClient;"),
        new Member(CALL, "connection", "Lokhttp3/internal/connection/RealConnection;"),
        new Member(CALL, "exchangeFinder", "Lokhttp3/internal/connection/ExchangeFinder;"),
        new Member(CALL, "interceptorScopedExchange", IS_EXCHANGE),
        new Member(CALL, "exchange", IS_EXCHANGE),
        new Member(EXCHANGE, DETACH, TO_DETACH),
        new Member(CALL, "retryAfterFailure", IS),
        new Member(FINDER, "address", "Lokhttp3/Address;"),
        new Member(FINDER, "refusedStreamCount", "I"),
        new Member(FINDER, "connectionShutdownCount", "I"),
        new Member(FINDER, "otherFailureCount", "I"),
        new Member(CODEC, "getConnection", "()Lokhttp3/internal/connection/RealConnection;"),
        new Member(REAL_CONNECTION, "route", "()Lokhttp3/Route;"),
        new Member(ROUTE_EXCEPTION, "", null));
  }

  /** What {@link TransmitterInsides} needs, and {@link UnmadeConnection}. */
  private static List<Member> transmitters() {
    return List.of(
        new Member(TRANSMITTER, "createAddress", OF_URL),
        new Member(REAL_CONNECTION, "supportsUrl", IS_URL),
        new Member(TRANSMITTER, "prepareToConnect", "(Lokhttp3/Request;)V"),
        new Member(TRANSMITTER, "canRetry", IS),
        new Member(TRANSMITTER, "exchange", IS_EXCHANGE),
        new Member(EXCHANGE, DETACH, TO_DETACH),
        new Member(CHAIN, "proceed", TRANSMIT),
        new Member(TRANSMITTER, "exchangeFinder", "Lokhttp3/internal/connection/ExchangeFinder;"),
        new Member(TRANSMITTER, "request", "Lokhttp3/Request;"),
        new Member(OLD_CALL, "client", "Lokhttp3/OkHttpClient;"),
        new Member(OLD_CALL, "transmitter", "Lokhttp3/internal/connection/Transmitter;"),
        new Member(FINDER, "address", "Lokhttp3/Address;"),
        new Member(FINDER, "hasStreamFailure", "Z"),
        new Member(CODEC, "connection", "()Lokhttp3/internal/connection/RealConnection;"),
        new Member(REAL_CONNECTION, "route", "()Lokhttp3/Route;"),
        new Member(
            REAL_CONNECTION,
            "<init>",
            "(Lokhttp3/internal/connection/RealConnectionPool;Lokhttp3/Route;)V"),
        new Member(
            CONNECTION + ".RealConnectionPool", "<init>", "(IJLjava/util/concurrent/TimeUnit;)V"),
        new Member(ROUTE_EXCEPTION, "", null));
  }

  @Override
  public List<String> opens() {
    return List.of(CONNECTION, HTTP, HTTP + "2");
  }

  @Override
  public @Nullable String version(Class<?> hooked) {
    ClassLoader library = hooked.getClassLoader();
    try {
      Object version = Class.forName(OKHTTP, true, library).getField("VERSION").get(null);
      return version instanceof String text ? text : null;
    } catch (ReflectiveOperationException | LinkageError olderThan4_7) {
      return versionOfUserAgent(library);
    }
  }

  /** Up to 4.6 it stands behind a slash, in what the library calls itself to servers. */
  private static @Nullable String versionOfUserAgent(@Nullable ClassLoader library) {
    try {
      Class<?> version = Class.forName("okhttp3.internal.Version", true, library);
      return version.getMethod("userAgent").invoke(null) instanceof String text
          ? text.substring(text.indexOf('/') + 1)
          : null;
    } catch (ReflectiveOperationException | LinkageError unknown) {
      return null;
    }
  }
}
