package dev.evenkeel.scenarios.differential.subjects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * The JDK's client as it is by default, so that it offers HTTP/2 by upgrade. Not thread-safe; one
 * per exchange.
 */
final class JdkSubject implements Subject {
  private final Seen seen;
  private final CookieManager cookies =
      new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
  private final HttpClient client;

  JdkSubject(Seen seen) {
    this.seen = seen;
    client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(cookies)
            .authenticator(new WatchedAuthenticator(seen))
            .proxy(new WatchedProxies(seen))
            .build();
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws Exception {
    if (call.moves() != null) {
      new JdkSocket(seen).talk(client, url, headers, call.moves());
      return;
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    for (String[] field : headers) {
      if (field[0].equals("Expect")) {
        request.expectContinue(true);
      } else {
        request.header(field[0], field[1]);
      }
    }
    request.method(call.method(), body(call));
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    for (HttpResponse<String> each = response; each != null; ) {
      seen.add("status " + each.version() + " " + each.statusCode());
      seen.add("uri " + each.uri() + " of " + each.request());
      each.request()
          .headers()
          .map()
          .forEach((name, values) -> seen.add("sent " + name + ": " + values));
      each.headers().map().forEach((name, values) -> values.forEach(v -> seen.header(name, v)));
      each = each.previousResponse().orElse(null);
    }
    seen.body(response.body());
  }

  private static BodyPublisher body(Call call) {
    if (call.body() == null) {
      return BodyPublishers.noBody();
    }
    byte[] bytes = call.bytes();
    return call.isChunked()
        ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
        : BodyPublishers.ofByteArray(bytes);
  }

  @Override
  public void close() {
    for (HttpCookie cookie : cookies.getCookieStore().getCookies()) {
      seen.add("cookie " + cookie + " of " + cookie.getDomain() + " at " + cookie.getPath());
    }
    seen.add("cookies of " + cookies.getCookieStore().getURIs());
  }

  /** Knows no proxy. Thread-safe. */
  private static final class WatchedProxies extends ProxySelector {
    private final Seen seen;

    WatchedProxies(Seen seen) {
      this.seen = seen;
    }

    @Override
    public List<Proxy> select(URI uri) {
      seen.add("proxy for " + uri);
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      seen.add("proxy failed for " + uri);
    }
  }
}
