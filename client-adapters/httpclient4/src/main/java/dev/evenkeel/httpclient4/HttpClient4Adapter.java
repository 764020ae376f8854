package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hooks the classic Apache HttpClient 4.5 where it connects, sends and receives. Immutable. */
public final class HttpClient4Adapter implements ClientAdapter {
  static final String NAME = "httpclient4";

  private static final String STEPS = "org.apache.http.impl.execchain.";
  private static final String EXECUTE =
      "(Lorg/apache/http/conn/routing/HttpRoute;"
          + "Lorg/apache/http/client/methods/HttpRequestWrapper;"
          + "Lorg/apache/http/client/protocol/HttpClientContext;"
          + "Lorg/apache/http/client/methods/HttpExecutionAware;)"
          + "Lorg/apache/http/client/methods/CloseableHttpResponse;";
  private static final String ADVICE = "dev.evenkeel.httpclient4.ExecuteAdvice";
  private static final String EXECUTOR = "org.apache.http.protocol.HttpRequestExecutor";
  private static final String SEND =
      "(Lorg/apache/http/HttpRequest;"
          + "Lorg/apache/http/HttpClientConnection;"
          + "Lorg/apache/http/protocol/HttpContext;)"
          + "Lorg/apache/http/HttpResponse;";
  private static final String SEND_ADVICE = "dev.evenkeel.httpclient4.SendAdvice";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Hook> hooks() {
    return List.of(
        new Hook(
            "org.apache.http.impl.conn.DefaultHttpClientConnectionOperator",
            "getSocketFactoryRegistry",
            "(Lorg/apache/http/protocol/HttpContext;)Lorg/apache/http/config/Lookup;",
            "dev.evenkeel.httpclient4.LayersAdvice"),
        new Hook(STEPS + "MinimalClientExec", "execute", EXECUTE, ADVICE),
        new Hook(STEPS + "MainClientExec", "execute", EXECUTE, ADVICE),
        new Hook(EXECUTOR, "execute", SEND, SEND_ADVICE),
        new Hook(
            "org.apache.http.impl.client.DefaultUserTokenHandler",
            "getUserToken",
            "(Lorg/apache/http/protocol/HttpContext;)Ljava/lang/Object;",
            "dev.evenkeel.httpclient4.UserTokenAdvice",
            true));
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
              .invoke(null, "org.apache.http.client", library);
      return info == null
          ? ClientAdapter.super.version(hooked)
          : (String) versionInfo.getMethod("getRelease").invoke(info);
    } catch (ReflectiveOperationException e) {
      return ClientAdapter.super.version(hooked);
    }
  }
}
