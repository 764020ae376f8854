package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the adapter hooks in the JDK, by name only. All of it is internal to the JDK: what is listed
 * here is what a JDK must have for its calls to be balanced. Thread-safe.
 *
 * <p>None of these classes is loaded by a JVM that makes no HTTP call. {@code MessageHeader} would
 * be: each file or jar URL has one.
 */
public final class UrlConnectionAdapter implements ClientAdapter {
  private static final String ADVICE = "dev.evenkeel.urlconnection.";
  private static final String CLIENT = "sun.net.www.http.HttpClient";
  private static final String TLS_CLIENT = "sun.net.www.protocol.https.HttpsClient";
  private static final String CACHE = "sun.net.www.http.KeepAliveCache";
  private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String TLS_CONNECTION =
      "sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection";
  private static final String HEADERS = "sun.net.www.MessageHeader";
  private static final String NETWORK_CLIENT = "sun.net.NetworkClient";
  private static final String MADE =
      "Lsun/net/www/protocol/http/HttpURLConnection;)Lsun/net/www/http/HttpClient;";

  /** For the service loader. */
  public UrlConnectionAdapter() {}

  @Override
  public String name() {
    return Faults.ADAPTER;
  }

  /**
   * The hooks that choose a server stand last: where classes are transformed one by one, what they
   * rely on is there before them. A null descriptor stands where it drifts between updates.
   */
  @Override
  public List<Hook> hooks() {
    return List.of(
        hook(CONNECTION, "disconnect", "()V", "DisconnectAdvice"),
        hook(CONNECTION, "connect", "()V", "ConnectAdvice"),
        hook(TLS_CONNECTION, "connect", "()V", "ConnectAdvice"),
        hook(CONNECTION, "doTunneling", "()V", "TunnelAdvice"),
        hook(CONNECTION, "getOutputStream", "()Ljava/io/OutputStream;", "OutputAdvice"),
        hook(CONNECTION, "getInputStream", "()Ljava/io/InputStream;", "GetInputAdvice"),
        hook(
            CONNECTION,
            "followRedirect0",
            "(Ljava/lang/String;ILjava/net/URL;)Z",
            "RedirectAdvice"),
        hook(CONNECTION, "getCookieHandler", "()Ljava/net/CookieHandler;", "HeadersReadAdvice"),
        hook(
            CACHE,
            "get",
            "(Ljava/net/URL;Ljava/lang/Object;)Lsun/net/www/http/HttpClient;",
            "CacheGetAdvice"),
        hook(
            CACHE,
            "put",
            "(Ljava/net/URL;Ljava/lang/Object;Lsun/net/www/http/HttpClient;)V",
            "CachePutAdvice"),
        hook(TLS_CLIENT, "closeIdleConnection", "()V", "CloseIdleAdvice"),
        hook(TLS_CLIENT, "checkURLSpoofing", null, "SpoofingAdvice"),
        hook(TLS_CLIENT, "createSocket", "()Ljava/net/Socket;", "CreateSocketAdvice"),
        hook(TLS_CLIENT, "afterConnect", "()V", "HandshakeAdvice"),
        hook(CLIENT, "closeIdleConnection", "()V", "CloseIdleAdvice"),
        hook(CLIENT, "finished", "()V", "FinishedAdvice"),
        hook(CLIENT, "closeServer", "()V", "CloseAdvice"),
        hook(CLIENT, "getInputStream", "()Ljava/io/InputStream;", "BodyAdvice"),
        hook(
            CLIENT,
            "writeRequests",
            "(Lsun/net/www/MessageHeader;Lsun/net/www/http/PosterOutputStream;)V",
            "WriteAdvice"),
        hook(CLIENT, "parseHTTPHeader", null, "ParseHeaderAdvice"),
        hook(CLIENT, "parseHTTP", null, "ParseAdvice"),
        hook(CLIENT, "openServer", "()V", "OpenAdvice"),
        hook(CLIENT, "New", "(Ljava/net/URL;Ljava/net/Proxy;IZ" + MADE, "NewAdvice"),
        hook(
            TLS_CLIENT,
            "New",
            "(Ljavax/net/ssl/SSLSocketFactory;Ljava/net/URL;Ljavax/net/ssl/HostnameVerifier;"
                + "Ljava/net/Proxy;ZI"
                + MADE,
            "NewTlsAdvice"));
  }

  private static Hook hook(String type, String method, @Nullable String descriptor, String advice) {
    return new Hook(type, method, descriptor, ADVICE + advice);
  }

  @Override
  public List<Member> reflectiveMembers() {
    return List.of(
        new Member(CLIENT, "host", "Ljava/lang/String;"),
        new Member(CLIENT, "port", "I"),
        new Member(CLIENT, "url", "Ljava/net/URL;"),
        new Member(CLIENT, "reuse", "Z"),
        new Member(CLIENT, "cachedHttpClient", "Z"),
        new Member(CLIENT, "requests", "Lsun/net/www/MessageHeader;"),
        new Member(CLIENT, "poster", "Lsun/net/www/http/PosterOutputStream;"),
        new Member(CLIENT, "streaming", "Z"),
        new Member(CLIENT, "afterConnect", "()V"),
        new Member(CLIENT, "isCachedConnection", "()Z"),
        new Member(NETWORK_CLIENT, "serverSocket", "Ljava/net/Socket;"),
        new Member(NETWORK_CLIENT, "serverOutput", "Ljava/io/PrintStream;"),
        new Member(NETWORK_CLIENT, "encoding", "Ljava/lang/String;"),
        new Member(TLS_CLIENT, "sslSocketFactory", "Ljavax/net/ssl/SSLSocketFactory;"),
        new Member(CONNECTION, "maxRedirects", "I"),
        new Member(CONNECTION, "doTunneling", "()V"),
        new Member(CONNECTION, "http", "Lsun/net/www/http/HttpClient;"),
        new Member(CONNECTION, "cookieHandler", "Ljava/net/CookieHandler;"),
        new Member(HEADERS, "findValue", "(Ljava/lang/String;)Ljava/lang/String;"),
        new Member(HEADERS, "set", "(Ljava/lang/String;Ljava/lang/String;)V"),
        new Member(HEADERS, "set", "(ILjava/lang/String;Ljava/lang/String;)V"),
        new Member(HEADERS, "reset", "()V"),
        new Member(HEADERS, "add", "(Ljava/lang/String;Ljava/lang/String;)V"),
        new Member(HEADERS, "getKey", "(I)Ljava/lang/String;"),
        new Member(HEADERS, "getValue", "(I)Ljava/lang/String;"));
  }

  @Override
  public List<String> opens() {
    return List.of(
        "sun.net",
        "sun.net.www",
        "sun.net.www.http",
        "sun.net.www.protocol.http",
        "sun.net.www.protocol.https");
  }

  /** The JDK's. */
  @Override
  public String version(Class<?> hooked) {
    return Runtime.version().toString();
  }
}
