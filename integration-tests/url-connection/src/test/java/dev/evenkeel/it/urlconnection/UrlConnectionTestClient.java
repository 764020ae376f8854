package dev.evenkeel.it.urlconnection;

import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.CallThreads;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections with one cookie store and one set of options. The JDK keeps both in static fields;
 * each connection takes them over when it is made. Thread-safe.
 */
final class UrlConnectionTestClient implements Client {
  private static final SSLSocketFactory JDK_FACTORY =
      HttpsURLConnection.getDefaultSSLSocketFactory();

  private final ClientOptions options;
  private final @Nullable CookieHandler cookies;
  private final SSLSocketFactory tls;
  private final CallThreads threads = new CallThreads();

  UrlConnectionTestClient(ClientOptions options) {
    this.options = options;
    this.cookies =
        options.hook() != null
            ? new HookedCookies(options.hook())
            : options.hasCookieStore() ? new CookieManager() : null;
    this.tls =
        options.trust() == null ? JDK_FACTORY : options.trust().sslContext().getSocketFactory();
    // What an application with a private authority does; calls by http have no other place for it.
    HttpsURLConnection.setDefaultSSLSocketFactory(tls);
  }

  @Override
  public Reply call(Call call) throws IOException {
    return exchange(connection(call), call);
  }

  private HttpURLConnection connection(Call call) throws IOException {
    HttpURLConnection connection;
    synchronized (UrlConnectionTestClient.class) {
      CookieHandler.setDefault(cookies);
      connection = opened(url(call));
      CookieHandler.setDefault(null);
    }
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls);
    }
    connection.setInstanceFollowRedirects(options.isRedirectFollowed());
    connection.setConnectTimeout((int) options.timeout().toMillis());
    connection.setReadTimeout((int) options.timeout().toMillis());
    connection.setRequestMethod(call.method());
    call.headers().forEach(header -> connection.addRequestProperty(header.name(), header.value()));
    return connection;
  }

  private HttpURLConnection opened(URL url) throws IOException {
    SocketAddress proxy = options.proxy();
    return (HttpURLConnection)
        (proxy == null
            ? url.openConnection()
            : url.openConnection(new Proxy(Proxy.Type.HTTP, proxy)));
  }

  private static Reply exchange(HttpURLConnection connection, Call call) throws IOException {
    if (call.body() != null) {
      try {
        send(connection, call.body());
      } catch (IOException failure) {
        // The JDK keeps what was begun until the application says that it has no use for it.
        connection.disconnect();
        throw failure;
      }
    }
    int status = connection.getResponseCode();
    InputStream body =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream();
    InputStream open = body == null ? InputStream.nullInputStream() : body;
    // Once the body is read to its end, the connection's header fields are those after it too.
    return new Reply(
        status,
        headers(connection),
        open,
        connection.getURL().toString(),
        () -> headers(connection),
        open);
  }

  private URL url(Call call) throws IOException {
    Runnable wrapper = options.wrapper();
    return wrapper == null
        ? new URL(call.url())
        : new URL(null, call.url(), new WrappedHandler(wrapper));
  }

  /** Buffered where the body can be sent again, streamed where it cannot. */
  private static void send(HttpURLConnection connection, Body body) throws IOException {
    connection.setDoOutput(true);
    if (!body.isRepeatable()) {
      if (body.length() < 0) {
        connection.setChunkedStreamingMode(0);
      } else {
        connection.setFixedLengthStreamingMode(body.length());
      }
    }
    try (OutputStream out = connection.getOutputStream();
        InputStream in = body.open()) {
      in.transferTo(out);
    }
  }

  private static Map<String, List<String>> headers(HttpURLConnection connection) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 1; connection.getHeaderField(i) != null; i++) {
      headers
          .computeIfAbsent(
              connection.getHeaderFieldKey(i).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(connection.getHeaderField(i));
    }
    return headers;
  }

  @Override
  public CompletableFuture<Reply> callAsync(Call call) {
    return threads.start(
        future -> {
          HttpURLConnection connection = connection(call);
          CompletableFuture<Reply> unused = Client.cancelling(future, connection::disconnect);
          return exchange(connection, call);
        });
  }

  @Override
  public void close() {
    threads.close();
  }

  /** Keeps no cookie, and runs the application's code when it is asked for some. Thread-safe. */
  private static final class HookedCookies extends CookieHandler {
    private final Runnable hook;

    HookedCookies(Runnable hook) {
      this.hook = hook;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
      hook.run();
      return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {}
  }
}
