package dev.evenkeel.okhttp;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the adapter hooks in OkHttp 5.0 and newer, by name only: this class loads without OkHttp.
 * Thread-safe.
 */
public final class OkHttpAdapter implements ClientAdapter {
  private static final String ADVICE = "dev.evenkeel.okhttp.";
  private static final String CONNECTION = "okhttp3.internal.connection";
  private static final String HTTP = "okhttp3.internal.http";
  private static final String INTERCEPT = "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;";
  private static final String WRITE = "(Lokhttp3/Request;)V";
  private static final String ADDRESS = "(Lokhttp3/HttpUrl;)Lokhttp3/Address;";
  private static final String REAL_CALL = CONNECTION + ".RealCall";

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
        // Up to 5.3 the client makes the address; from 5.4 on the chain does.
        new Hook("okhttp3.OkHttpClient", "address", ADDRESS, ADVICE + "AddressAdvice", true),
        new Hook(
            HTTP + ".RealInterceptorChain", "address", ADDRESS, ADVICE + "AddressAdvice", true),
        new Hook(
            CONNECTION + ".RealRoutePlanner",
            "sameHostAndPort",
            "(Lokhttp3/HttpUrl;)Z",
            ADVICE + "PlannerAdvice"),
        new Hook(
            "okhttp3.internal.http1.Http1ExchangeCodec",
            "writeRequestHeaders",
            WRITE,
            ADVICE + "WireAdvice"),
        new Hook(
            "okhttp3.internal.http2.Http2ExchangeCodec",
            "writeRequestHeaders",
            WRITE,
            ADVICE + "WireAdvice"),
        new Hook(
            HTTP + ".RetryAndFollowUpInterceptor", "intercept", INTERCEPT, ADVICE + "CallAdvice"),
        new Hook(
            CONNECTION + ".ConnectInterceptor", "intercept", INTERCEPT, ADVICE + "ConnectAdvice"));
  }

  @Override
  public List<Member> reflectiveMembers() {
    return List.of(
        new Member(REAL_CALL, "exchangeFinder", "Lokhttp3/internal/connection/ExchangeFinder;"),
        new Member(
            REAL_CALL, "interceptorScopedExchange", "Lokhttp3/internal/connection/Exchange;"),
        new Member(CONNECTION + ".Exchange", "hasFailure", "Z"));
  }

  @Override
  public List<String> opens() {
    return List.of(CONNECTION, HTTP, HTTP + "2");
  }

  @Override
  public @Nullable String version(Class<?> hooked) {
    try {
      Class<?> okHttp = Class.forName("okhttp3.OkHttp", true, hooked.getClassLoader());
      return okHttp.getField("VERSION").get(null) instanceof String version ? version : null;
    } catch (ReflectiveOperationException | LinkageError unknown) {
      return null;
    }
  }
}
