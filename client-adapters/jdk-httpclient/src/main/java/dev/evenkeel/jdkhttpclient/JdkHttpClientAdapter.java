package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hooks {@code java.net.http.HttpClient} below everything that an application sees of it. All that
 * is hooked is internal to the JDK, so nothing here is optional: a JDK that differs is left alone.
 * Immutable.
 */
public final class JdkHttpClientAdapter implements ClientAdapter {
  static final String NAME = "jdk-httpclient";

  private static final String CLIENT = "jdk.internal.net.http.";
  private static final String COMMON = CLIENT + "common.";
  private static final String FRAME = CLIENT + "frame.";
  private static final String ADVICE = "dev.evenkeel.jdkhttpclient.";
  private static final String REQUEST = "Ljdk/internal/net/http/HttpRequestImpl;";
  private static final String EXCHANGE = "Ljdk/internal/net/http/Exchange;";
  private static final String CONNECTION = "Ljdk/internal/net/http/HttpConnection;";
  private static final String RESPONSE = "Ljdk/internal/net/http/Response;";
  private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
  private static final String HEADERS = "Ljava/net/http/HttpHeaders;";

  private static final String READ = "(Ljava/net/http/HttpResponse$BodyHandler;)" + FUTURE;

  private static final String OUTGOING = "Ljdk/internal/net/http/frame/OutgoingHeaders;";
  private static final String FIXED = "Http1Request$FixedContentSubscriber";
  private static final String CHUNKED = "Http1Request$StreamSubscriber";
  private static final String STREAMED = "Stream$RequestSubscriber";
  private static final String HTTP_1 = "Ljdk/internal/net/http/Http1Request;";

  private static final String ENGINE =
      "(Ljavax/net/ssl/SSLContext;Ljava/lang/String;ILjavax/net/ssl/SSLParameters;)"
          + "Ljavax/net/ssl/SSLEngine;";
  private static final String NEW_RESPONSE =
      "(" + REQUEST + EXCHANGE + HEADERS + CONNECTION + "ILjava/net/http/HttpClient$Version;Z)V";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Hook> hooks() {
    return List.of(
        hook("Exchange", "readBodyAsync", READ, "RefusedBodyAdvice"),
        hook("Exchange", "responseAsyncImpl", "(" + CONNECTION + ")" + FUTURE, "AttemptAdvice"),
        hook("Exchange", "responseAsyncImpl", "(" + CONNECTION + ")" + FUTURE, "ThrownAdvice"),
        hook(
            "HttpConnection",
            "getSSLConnection",
            "(Ljava/net/InetSocketAddress;Ljava/net/InetSocketAddress;[Ljava/lang/String;"
                + REQUEST
                + "Ljdk/internal/net/http/HttpClientImpl;)"
                + CONNECTION,
            "SslConnectionAdvice"),
        hook("AbstractAsyncSSLConnection", "createEngine", ENGINE, "EngineAdvice"),
        hook("HttpRequestImpl", "getAddress", "()Ljava/net/InetSocketAddress;", "AddressAdvice"),
        hook("HttpRequestImpl", "secure", "()Z", "SecureAdvice"),
        hook("Exchange", "version", "()Ljava/net/http/HttpClient$Version;", "VersionAdvice"),
        hook("HttpRequestImpl", "timeout", "()Ljava/util/Optional;", "TimeoutAdvice"),
        hook("Http1Request", "<init>", null, "PublisherAdvice"),
        hook("Stream", "<init>", null, "PublisherAdvice"),
        hook("Http1Request", "hostString", "()Ljava/lang/String;", "HostAdvice"),
        hook("Http1Request", "requestURI", "()Ljava/lang/String;", "TargetAdvice"),
        hook("Http1Request", "headers", "()Ljava/util/List;", "Http1HeadAdvice"),
        hook(FIXED, "onNext", "(Ljava/nio/ByteBuffer;)V", "SentBodyAdvice"),
        hook(CHUNKED, "onNext", "(Ljava/nio/ByteBuffer;)V", "SentBodyAdvice"),
        hook(CHUNKED, "onComplete", "()V", "SentAdvice"),
        hook("Stream", "headerFrame", "(J)" + OUTGOING, "Http2HeadAdvice"),
        hook(STREAMED, "onNext", "(Ljava/nio/ByteBuffer;)V", "SentBodyAdvice"),
        hook(STREAMED, "onComplete", "()V", "SentAdvice"),
        hook(
            "Stream",
            "createPseudoHeaders",
            "(Ljava/net/http/HttpRequest;)" + HEADERS,
            "PseudoHeadersAdvice"),
        hook("Response", "<init>", NEW_RESPONSE, "AnswerAdvice"),
        hook(
            "MultiExchange",
            "responseFilters",
            "(" + RESPONSE + ")Ljdk/internal/net/http/HttpRequestImpl;",
            "FilterAdvice"),
        hook(
            "MultiExchange",
            "responseFilters",
            "(" + RESPONSE + ")Ljdk/internal/net/http/HttpRequestImpl;",
            "FilterThrownAdvice"),
        // Its parameters differ between updates of JDK 17.
        hook("MultiExchange", "getExceptionalCF", null, "FailureAdvice"),
        hook("Exchange", "readBodyAsync", READ, "BodyAdvice"),
        hook(
            "HttpResponseImpl",
            "<init>",
            "(Ljava/net/http/HttpRequest;"
                + RESPONSE
                + "Ljava/net/http/HttpResponse;Ljava/lang/Object;"
                + EXCHANGE
                + ")V",
            "StreamAdvice"),
        hook("Exchange", "ignoreBody", "()" + FUTURE, "IgnoredBodyAdvice"),
        hook("Exchange", "cancel", "()V", "CancelAdvice"));
  }

  private static Hook hook(String type, String method, @Nullable String descriptor, String advice) {
    return new Hook(CLIENT + type, method, descriptor, ADVICE + advice);
  }

  @Override
  public List<Member> reflectiveMembers() {
    return List.of(
        new Member(CLIENT + "Exchange", "request", "()" + REQUEST),
        new Member(CLIENT + "Exchange", "upgrading", "Z"),
        new Member(CLIENT + "Exchange", "exchImpl", "Ljdk/internal/net/http/ExchangeImpl;"),
        new Member(CLIENT + "HttpRequestImpl", "isWebSocket", "()Z"),
        new Member(CLIENT + "HttpRequestImpl", "secure", "()Z"),
        new Member(CLIENT + "HttpRequestImpl", "proxy", "()Ljava/net/InetSocketAddress;"),
        new Member(CLIENT + "HttpRequestImpl", "authority", "()Ljava/net/InetSocketAddress;"),
        new Member(
            CLIENT + "HttpRequestImpl",
            "getSystemHeadersBuilder",
            "()Ljdk/internal/net/http/common/HttpHeadersBuilder;"),
        new Member(COMMON + "HttpHeadersBuilder", "map", "()Ljava/util/Map;"),
        new Member(CLIENT + "Http1Request", "request", REQUEST),
        new Member(CLIENT + FIXED, "this$0", HTTP_1),
        new Member(CLIENT + CHUNKED, "this$0", HTTP_1),
        new Member(CLIENT + STREAMED, "this$0", "Ljdk/internal/net/http/Stream;"),
        new Member(CLIENT + "Stream", "request", REQUEST),
        new Member(FRAME + "OutgoingHeaders", "getSystemHeaders", "()" + HEADERS),
        new Member(FRAME + "OutgoingHeaders", "getUserHeaders", "()" + HEADERS),
        new Member(CLIENT + "MultiExchange", "currentreq", REQUEST),
        new Member(CLIENT + "MultiExchange", "previousreq", REQUEST),
        new Member(CLIENT + "MultiExchange", "exchange", EXCHANGE),
        new Member(CLIENT + "MultiExchange", "response", "Ljava/net/http/HttpResponse;"),
        new Member(CLIENT + "Exchange", "multi", "Ljdk/internal/net/http/MultiExchange;"),
        new Member(
            CLIENT + "MultiExchange", "attempts", "Ljava/util/concurrent/atomic/AtomicInteger;"),
        new Member(CLIENT + "MultiExchange", "cancelled", "Z"),
        new Member(
            CLIENT + "MultiExchange",
            "connectTimeout",
            "Ljdk/internal/net/http/MultiExchange$ConnectTimeoutTracker;"),
        new Member(CLIENT + "MultiExchange$ConnectTimeoutTracker", "reset", "()V"),
        new Member(CLIENT + "AbstractAsyncSSLConnection", "createEngine", ENGINE),
        new Member(CLIENT + "Response", "<init>", NEW_RESPONSE));
  }

  @Override
  public List<String> opens() {
    return List.of(
        "jdk.internal.net.http", "jdk.internal.net.http.common", "jdk.internal.net.http.frame");
  }

  /** The client has no version but the JDK's. */
  @Override
  public String version(Class<?> hooked) {
    return Runtime.version().toString();
  }
}
