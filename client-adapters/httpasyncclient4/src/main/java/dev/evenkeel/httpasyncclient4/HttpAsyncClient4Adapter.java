package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks the exchange handler of Apache HttpAsyncClient 4.1. Immutable. */
public final class HttpAsyncClient4Adapter implements ClientAdapter {
  static final String NAME = "httpasyncclient4";

  private static final String CLIENT = "org.apache.http.impl.nio.client.";
  private static final String HANDLER = CLIENT + "AbstractClientExchangeHandler";
  private static final String DEFAULT_HANDLER = CLIENT + "DefaultClientExchangeHandlerImpl";
  private static final String STATE = CLIENT + "InternalState";
  private static final String REFERENCE = "Ljava/util/concurrent/atomic/AtomicReference;";

  @Override
  public String name() {
    return NAME;
  }

  /** The one that re-targets comes last. */
  @Override
  public List<Hook> hooks() {
    return List.of(
        hook(
            DEFAULT_HANDLER, "generateRequest", "()Lorg/apache/http/HttpRequest;", "RequestAdvice"),
        hook(
            DEFAULT_HANDLER,
            "produceContent",
            "(Lorg/apache/http/nio/ContentEncoder;Lorg/apache/http/nio/IOControl;)V",
            "BodyAdvice"),
        hook(
            DEFAULT_HANDLER,
            "responseReceived",
            "(Lorg/apache/http/HttpResponse;)V",
            "AnswerAdvice"),
        hook(
            DEFAULT_HANDLER,
            "consumeContent",
            "(Lorg/apache/http/nio/ContentDecoder;Lorg/apache/http/nio/IOControl;)V",
            "ConsumerAdvice"),
        hook(
            CLIENT + "MainClientExec",
            "responseCompleted",
            "(Lorg/apache/http/impl/nio/client/InternalState;"
                + "Lorg/apache/http/impl/nio/client/AbstractClientExchangeHandler;)V",
            "EndOfAnswerAdvice"),
        hook(DEFAULT_HANDLER, "releaseResources", "()V", "EndAdvice"),
        hook(HANDLER, "failed", "(Ljava/lang/Exception;)V", "FailureAdvice"),
        hook(HANDLER, "requestConnection", "()V", "ConnectAdvice"));
  }

  private static Hook hook(String type, String method, String descriptor, String advice) {
    return new Hook(type, method, descriptor, "dev.evenkeel.httpasyncclient4." + advice);
  }

  @Override
  public List<Member> reflectiveMembers() {
    return List.of(
        new Member(HANDLER, "routeRef", REFERENCE),
        new Member(HANDLER, "requestRef", REFERENCE),
        new Member(HANDLER, "managedConnRef", REFERENCE),
        new Member(HANDLER, "closed", "Ljava/util/concurrent/atomic/AtomicBoolean;"),
        new Member(HANDLER, "requestConnection", "()V"),
        new Member(HANDLER, "releaseConnection", "()V"),
        new Member(
            DEFAULT_HANDLER,
            "requestProducer",
            "Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;"),
        new Member(STATE, "finalResponse", "Lorg/apache/http/HttpResponse;"));
  }

  @Override
  public List<String> opens() {
    return List.of("org.apache.http.impl.nio.client");
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
