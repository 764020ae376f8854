package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.ResponseCache;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpURLConnection} with the JVM's cookie handler and response cache set. Not thread-safe;
 * one per exchange.
 */
final class UrlConnectionSubject implements Subject {
  private final Seen seen;

  UrlConnectionSubject(Seen seen) {
    this.seen = seen;
    CookieHandler.setDefault(new WatchedCookies(seen));
    ResponseCache.setDefault(new EmptyCache(seen));
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    connection.setAuthenticator(new WatchedAuthenticator(seen));
    connection.setRequestMethod(call.method());
    headers.forEach(field -> connection.addRequestProperty(field[0], field[1]));
    try {
      send(connection, call);
      seen.add("status " + connection.getResponseCode() + " " + connection.getResponseMessage());
      body(connection);
    } finally {
      seen.add("uri " + connection.getURL());
      fields(connection);
      seen.add("proxied " + connection.usingProxy());
      InputStream errors = connection.getErrorStream();
      seen.add("errors " + (errors == null ? "none" : text(errors)));
    }
  }

  private static void send(HttpURLConnection connection, Call call) throws IOException {
    if (call.body() == null) {
      return;
    }
    connection.setDoOutput(true);
    if (call.isChunked()) {
      connection.setChunkedStreamingMode(0);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(call.bytes());
    }
  }

  private void body(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      seen.body(text(in));
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private void fields(HttpURLConnection connection) {
    for (int i = 0; connection.getHeaderField(i) != null; i++) {
      seen.header(String.valueOf(connection.getHeaderFieldKey(i)), connection.getHeaderField(i));
    }
  }

  @Override
  public void close() {
    CookieHandler.setDefault(null);
    ResponseCache.setDefault(null);
  }

  /** The JDK's cookie store. Thread-safe. */
  private static final class WatchedCookies extends CookieManager {
    private final Seen seen;

    WatchedCookies(Seen seen) {
      this.seen = seen;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers)
        throws IOException {
      seen.add("cookies for " + uri + " " + headers);
      return super.get(uri, headers);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      seen.add("cookies of " + uri);
      List<String> fields = new ArrayList<>();
      headers.forEach(
          (name, values) -> values.forEach(value -> fields.add("header " + name + ": " + value)));
      // A map without an order of its own.
      fields.sort(String.CASE_INSENSITIVE_ORDER);
      fields.forEach(seen::add);
      super.put(uri, headers);
    }
  }

  /** Keeps nothing. Thread-safe. */
  private static final class EmptyCache extends ResponseCache {
    private final Seen seen;

    EmptyCache(Seen seen) {
      this.seen = seen;
    }

    @Override
    public @Nullable CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
      seen.add("cache asked for " + method + " " + uri + " " + headers);
      return null;
    }

    @Override
    public @Nullable CacheRequest put(URI uri, URLConnection connection) {
      seen.add("cache offered " + uri + " " + connection.getURL());
      return null;
    }
  }
}
