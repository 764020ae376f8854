package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks the classic and the asynchronous Apache HttpClient 5 where they connect. Immutable. */
public final class HttpClient5Adapter implements ClientAdapter {
  static final String NAME = "httpclient5";

  private static final String ADVICE = "dev.evenkeel.httpclient5.";
  private static final String CLIENT = "org.apache.hc.client5.http.";
  private static final String OPERATOR = CLIENT + "impl.io.DefaultHttpClientConnectionOperator";
  private static final String ASYNC_OPERATOR =
      CLIENT + "impl.nio.DefaultAsyncClientConnectionOperator";
  private static final String SESSIONS = CLIENT + "impl.async.InternalH2ConnPool";
  private static final String EXECUTE =
      "(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/client5/http/classic/ExecChain$Scope;"
          + "Lorg/apache/hc/client5/http/classic/ExecChain;)"
          + "Lorg/apache/hc/core5/http/ClassicHttpResponse;";

  private static final String EXECUTE_MINIMAL =
      "(Lorg/apache/hc/core5/http/HttpHost;"
          + "Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
          + "Lorg/apache/hc/client5/http/impl/classic/CloseableHttpResponse;";

  private static final String LEASE =
      "(Ljava/lang/String;"
          + "Lorg/apache/hc/client5/http/HttpRoute;"
          + "Ljava/lang/Object;"
          + "Lorg/apache/hc/client5/http/protocol/HttpClientContext;)V";

  private static final String SEND =
      "(Ljava/lang/String;"
          + "Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/client5/http/protocol/HttpClientContext;)"
          + "Lorg/apache/hc/core5/http/ClassicHttpResponse;";

  private static final String EXECUTE_ASYNC =
      "(Lorg/apache/hc/core5/http/HttpRequest;"
          + "Lorg/apache/hc/core5/http/nio/AsyncEntityProducer;"
          + "Lorg/apache/hc/client5/http/async/AsyncExecChain$Scope;"
          + "Lorg/apache/hc/client5/http/async/AsyncExecChain;"
          + "Lorg/apache/hc/client5/http/async/AsyncExecCallback;)V";

  private static final String LEASE_ASYNC =
      "(Lorg/apache/hc/core5/http/HttpHost;"
          + "Lorg/apache/hc/core5/util/Timeout;"
          + "Lorg/apache/hc/core5/util/Timeout;"
          + "Lorg/apache/hc/client5/http/protocol/HttpClientContext;"
          + "Lorg/apache/hc/core5/concurrent/FutureCallback;)"
          + "Ljava/util/concurrent/Future;";

  private static final String SEND_ASYNC =
      "(Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
          + "Lorg/apache/hc/core5/http/nio/HandlerFactory;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;)V";

  private static final String CONNECT_SESSION =
      "(Lorg/apache/hc/client5/http/HttpRoute;"
          + "Lorg/apache/hc/core5/util/Timeout;"
          + "Lorg/apache/hc/core5/concurrent/FutureCallback;)"
          + "Ljava/util/concurrent/Future;";

  /** Of HttpCore's own pool, which the HTTP/2-only clients have until 5.3. */
  private static final String CONNECT_CORE_SESSION =
      "(Lorg/apache/hc/core5/http/HttpHost;"
          + "Lorg/apache/hc/core5/util/Timeout;"
          + "Lorg/apache/hc/core5/concurrent/FutureCallback;)"
          + "Ljava/util/concurrent/Future;";

  @Override
  public String name() {
    return NAME;
  }

  /** The operators' hooks come first: a transport is given to calls only where they are there. */
  @Override
  public List<Hook> hooks() {
    return List.of(
        new Hook(OPERATOR, "getSocketFactoryRegistry", null, ADVICE + "SocketsAdvice", true),
        new Hook(
            CLIENT + "impl.nio.MultihomeConnectionInitiator",
            "connect",
            null,
            ADVICE + "SessionInitiatorAdvice",
            true),
        new Hook(OPERATOR, "connect", null, ADVICE + "OperatorConnectAdvice", true),
        new Hook(OPERATOR, "upgrade", null, ADVICE + "OperatorUpgradeAdvice", true),
        new Hook(ASYNC_OPERATOR, "connect", null, ADVICE + "AsyncOperatorConnectAdvice", true),
        new Hook(ASYNC_OPERATOR, "upgrade", null, ADVICE + "AsyncOperatorUpgradeAdvice", true),
        new Hook(CLIENT + "impl.classic.ConnectExec", "execute", EXECUTE, ADVICE + "ConnectAdvice"),
        new Hook(
            CLIENT + "impl.classic.MinimalHttpClient",
            "doExecute",
            EXECUTE_MINIMAL,
            ADVICE + "MinimalAdvice"),
        new Hook(
            CLIENT + "impl.classic.InternalExecRuntime",
            "acquireEndpoint",
            LEASE,
            ADVICE + "MinimalLeaseAdvice"),
        new Hook(
            CLIENT + "impl.classic.InternalExecRuntime",
            "execute",
            SEND,
            ADVICE + "MinimalSendAdvice"),
        new Hook(
            CLIENT + "impl.classic.InternalExecRuntime",
            "releaseEndpoint",
            "()V",
            ADVICE + "MinimalEndAdvice"),
        new Hook(
            CLIENT + "impl.classic.InternalExecRuntime",
            "discardEndpoint",
            "()V",
            ADVICE + "MinimalEndAdvice"),
        new Hook(
            CLIENT + "impl.async.AsyncConnectExec",
            "execute",
            EXECUTE_ASYNC,
            ADVICE + "AsyncConnectAdvice"),
        new Hook(
            CLIENT + "impl.async.MinimalHttpAsyncClient",
            "leaseEndpoint",
            LEASE_ASYNC,
            ADVICE + "MinimalAsyncAdvice"),
        new Hook(
            CLIENT + "impl.async.MinimalHttpAsyncClient$InternalAsyncClientEndpoint",
            "execute",
            SEND_ASYNC,
            ADVICE + "MinimalAsyncSendAdvice"),
        new Hook(SESSIONS, "getSession", null, ADVICE + "SessionAdvice", true),
        new Hook(
            SESSIONS + "$SessionPool",
            "connectSession",
            CONNECT_SESSION,
            ADVICE + "SessionConnectAdvice",
            true),
        new Hook(
            "org.apache.hc.core5.http2.nio.pool.H2ConnPool",
            "connectSession",
            CONNECT_CORE_SESSION,
            ADVICE + "SessionConnectAdvice",
            true));
  }

  @Override
  public List<Member> reflectiveMembers() {
    return List.of(
        new Member(
            CLIENT + "impl.classic.InternalExecRuntime",
            "cancellableDependency",
            "Lorg/apache/hc/core5/concurrent/CancellableDependency;"));
  }

  @Override
  public List<String> opens() {
    return List.of(
        CLIENT + "impl.classic", CLIENT + "impl.async", CLIENT + "impl.io", CLIENT + "impl.nio");
  }

  /** The release that the library's own {@code version.properties} names, else its manifest. */
  @Override
  public @Nullable String version(Class<?> hooked) {
    try {
      ClassLoader library = hooked.getClassLoader();
      Class<?> versionInfo = Class.forName("org.apache.hc.core5.util.VersionInfo", true, library);
      Object info =
          versionInfo
              .getMethod("loadVersionInfo", String.class, ClassLoader.class)
              .invoke(null, "org.apache.hc.client5", library);
      return info == null
          ? ClientAdapter.super.version(hooked)
          : (String) versionInfo.getMethod("getRelease").invoke(info);
    } catch (ReflectiveOperationException e) {
      return ClientAdapter.super.version(hooked);
    }
  }
}
