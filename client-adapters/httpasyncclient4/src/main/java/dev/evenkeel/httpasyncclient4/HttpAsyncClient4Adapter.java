package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.ClientAdapter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks the exchange handlers and the connections of Apache HttpAsyncClient 4.1. Immutable. */
public final class HttpAsyncClient4Adapter implements ClientAdapter {
  static final String NAME = "httpasyncclient4";

  private static final String CLIENT = "org.apache.http.impl.nio.client.";
  private static final String HANDLER = CLIENT + "AbstractClientExchangeHandler";
  private static final String DEFAULT_HANDLER = CLIENT + "DefaultClientExchangeHandlerImpl";
  private static final String MINIMAL_HANDLER = CLIENT + "MinimalClientExchangeHandlerImpl";
  private static final String STATE = CLIENT + "InternalState";
  private static final String CONNECTIONS =
      "org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager";
  private static final String PRODUCER = "Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;";
  private static final String CONSUMER = "Lorg/apache/http/nio/protocol/HttpAsyncResponseConsumer;";
  private static final String FUTURE = "Lorg/apache/http/concurrent/BasicFuture;";
  private static final String REFERENCE = "Ljava/util/concurrent/atomic/AtomicReference;";

  @Override
  public String name() {
    return NAME;
  }

  /** Those of connections come first, and the one that re-targets last. */
  @Override
  public List<Hook> hooks() {
    List<Hook> hooks = new ArrayList<>(ofConnections());
    hooks.addAll(ofEvents());
    hooks.addAll(ofHandler(DEFAULT_HANDLER));
    hooks.add(
        hook(
            CLIENT + "MainClientExec",
            "responseCompleted",
            "(Lorg/apache/http/impl/nio/client/InternalState;"
                + "Lorg/apache/http/impl/nio/client/AbstractClientExchangeHandler;)V",
            "EndOfAnswerAdvice"));
    hooks.addAll(ofHandler(MINIMAL_HANDLER));
    hooks.add(hook(MINIMAL_HANDLER, "responseCompleted", "()V", "MinimalEndOfAnswerAdvice"));
    hooks.addAll(ofAllocations());
    hooks.add(hook(HANDLER, "close", "()V", "CloseAdvice"));
    hooks.add(hook(HANDLER, "failed", "(Ljava/lang/Exception;)V", "FailureAdvice"));
    hooks.add(hook(HANDLER, "requestConnection", "()V", "ConnectAdvice"));
    return List.copyOf(hooks);
  }

  private static List<Hook> ofConnections() {
    return List.of(
        hook(
            CONNECTIONS,
            "requestConnection",
            "(Lorg/apache/http/conn/routing/HttpRoute;Ljava/lang/Object;JJ"
                + "Ljava/util/concurrent/TimeUnit;Lorg/apache/http/concurrent/FutureCallback;)"
                + "Ljava/util/concurrent/Future;",
            "LeaseAdvice"),
        hook(
            CONNECTIONS,
            "getIOSessionFactoryRegistry",
            "(Lorg/apache/http/protocol/HttpContext;)Lorg/apache/http/config/Lookup;",
            "LayersAdvice"),
        hook(
            CONNECTIONS + "$InternalAddressResolver",
            "resolveRemoteAddress",
            "(Lorg/apache/http/conn/routing/HttpRoute;)Ljava/net/SocketAddress;",
            "AddressAdvice"),
        hook(
            CLIENT + "DefaultAsyncUserTokenHandler",
            "getUserToken",
            "(Lorg/apache/http/protocol/HttpContext;)Ljava/lang/Object;",
            "UserTokenAdvice"));
  }

  /** What the pool says to a handler, on whatever thread uses the pool just then. */
  private static List<Hook> ofAllocations() {
    String advice = "AllocationAdvice";
    return List.of(
        hook(
            HANDLER,
            "connectionAllocated",
            "(Lorg/apache/http/nio/NHttpClientConnection;)V",
            advice),
        hook(HANDLER, "connectionRequestFailed", "(Ljava/lang/Exception;)V", advice),
        hook(HANDLER, "connectionRequestCancelled", "()V", advice));
  }

  /** All that may tell a handler that its connection failed. */
  private static List<Hook> ofEvents() {
    return List.of(
        ofEvent("onConnected", ""),
        ofEvent("onInputReady", ""),
        ofEvent("onOutputReady", ""),
        ofEvent("onTimeout", ""),
        ofEvent("onException", "Ljava/io/IOException;"),
        ofEvent("onClosed", ""));
  }

  private static Hook ofEvent(String method, String more) {
    String connection = "(Lorg/apache/http/impl/nio/DefaultNHttpClientConnection;";
    return hook(CLIENT + "InternalIODispatch", method, connection + more + ")V", "EventAdvice");
  }

  /** What the handlers of the default and of the minimal client have in common. */
  private static List<Hook> ofHandler(String handler) {
    return List.of(
        hook(handler, "generateRequest", "()Lorg/apache/http/HttpRequest;", "RequestAdvice"),
        hook(
            handler,
            "produceContent",
            "(Lorg/apache/http/nio/ContentEncoder;Lorg/apache/http/nio/IOControl;)V",
            "BodyAdvice"),
        hook(handler, "responseReceived", "(Lorg/apache/http/HttpResponse;)V", "AnswerAdvice"),
        hook(
            handler,
            "consumeContent",
            "(Lorg/apache/http/nio/ContentDecoder;Lorg/apache/http/nio/IOControl;)V",
            "ConsumerAdvice"),
        hook(handler, "releaseResources", "()V", "EndAdvice"));
  }

  private static Hook hook(String type, String method, String descriptor, String advice) {
    return new Hook(type, method, descriptor, "dev.evenkeel.httpasyncclient4." + advice);
  }

  @Override
  public List<Member> reflectiveMembers() {
    return List.of(
        new Member(HANDLER, "localContext", "Lorg/apache/http/client/protocol/HttpClientContext;"),
        new Member(HANDLER, "routeRef", REFERENCE),
        new Member(HANDLER, "requestRef", REFERENCE),
        new Member(HANDLER, "managedConnRef", REFERENCE),
        new Member(HANDLER, "closed", "Ljava/util/concurrent/atomic/AtomicBoolean;"),
        new Member(HANDLER, "requestConnection", "()V"),
        new Member(HANDLER, "releaseConnection", "()V"),
        new Member(HANDLER, "completed", "Ljava/util/concurrent/atomic/AtomicBoolean;"),
        new Member(DEFAULT_HANDLER, "state", "Lorg/apache/http/impl/nio/client/InternalState;"),
        new Member(DEFAULT_HANDLER, "requestProducer", PRODUCER),
        new Member(MINIMAL_HANDLER, "requestProducer", PRODUCER),
        new Member(DEFAULT_HANDLER, "responseConsumer", CONSUMER),
        new Member(MINIMAL_HANDLER, "responseConsumer", CONSUMER),
        new Member(DEFAULT_HANDLER, "resultFuture", FUTURE),
        new Member(MINIMAL_HANDLER, "resultFuture", FUTURE),
        new Member(STATE, "execCount", "I"),
        new Member(STATE, "finalResponse", "Lorg/apache/http/HttpResponse;"));
  }

  @Override
  public List<String> opens() {
    return List.of("org.apache.http.impl.nio.client", "org.apache.http.impl.nio.conn");
  }

  /** The release that the library's own {@code version.properties} names, else its manifest. */
  @Override
  public @Nullable String version(Class<?> hooked) {
    try {
      ClassLoader library = hooked.getClassLoader();
      Class<?> versionInfo = Class.forName("org.apache.http.util.VersionInfo", true, library);
      Object info =
          versionInfo
              .getMethod("loadVersionInfo", String.class, ClassLoader.class)
              .invoke(null, "org.apache.http.nio.client", library);
      return info == null
          ? ClientAdapter.super.version(hooked)
          : (String) versionInfo.getMethod("getRelease").invoke(info);
    } catch (ReflectiveOperationException e) {
      return ClientAdapter.super.version(hooked);
    }
  }
}
