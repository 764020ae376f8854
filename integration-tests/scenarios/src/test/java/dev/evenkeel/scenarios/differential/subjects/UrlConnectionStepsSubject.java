package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * {@code HttpURLConnection} with its switches the other way: no redirect is followed, bodies are
 * streamed, timeouts are set, and every step is one of the application's. Not thread-safe; one per
 * exchange.
 */
final class UrlConnectionStepsSubject implements Subject {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int CHUNK = 1_000;

  private final Seen seen;

  UrlConnectionStepsSubject(Seen seen) {
    this.seen = seen;
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    prepare(connection, call, headers);
    try {
      connection.connect();
      seen.add("connected " + connection);
      seen.add("permission " + connection.getPermission());
      send(connection, call);
      seen.add("first " + connection.getHeaderField(0));
      seen.add("errors " + text(connection.getErrorStream()));
      fields(connection);
      peer(connection);
      seen.body(String.valueOf(text(connection.getInputStream())));
    } finally {
      connection.disconnect();
      seen.add("status " + connection.getResponseCode() + " of " + connection.getURL());
      seen.add("proxied " + connection.usingProxy());
    }
  }

  private void prepare(HttpURLConnection connection, Call call, List<String[]> headers)
      throws IOException {
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setIfModifiedSince(1);
    connection.setRequestMethod(call.method());
    Set<String> names = new TreeSet<>();
    for (String[] field : headers) {
      if (names.add(field[0])) {
        connection.setRequestProperty(field[0], field[1]);
      } else {
        connection.addRequestProperty(field[0], field[1]);
      }
    }
    if (call.body() != null) {
      connection.setDoOutput(true);
      if (call.isChunked()) {
        connection.setChunkedStreamingMode(CHUNK);
      } else {
        connection.setFixedLengthStreamingMode((long) call.bytes().length);
      }
    }
    seen.add("asks " + new TreeMap<>(connection.getRequestProperties()));
  }

  private static void send(HttpURLConnection connection, Call call) throws IOException {
    if (call.body() == null) {
      return;
    }
    byte[] bytes = call.bytes();
    try (OutputStream out = connection.getOutputStream()) {
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
      out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
    }
  }

  private static @Nullable String text(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return null;
    }
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void fields(HttpURLConnection connection) {
    List<String> fields = new ArrayList<>();
    connection
        .getHeaderFields()
        .forEach(
            (name, values) -> values.forEach(value -> fields.add("header " + name + ": " + value)));
    // A map without an order of its own.
    fields.sort(String.CASE_INSENSITIVE_ORDER);
    fields.forEach(seen::add);
    seen.add("length " + connection.getContentLengthLong());
    seen.add("type " + connection.getContentType() + " in " + connection.getContentEncoding());
    seen.add("dates " + connection.getDate() + " " + connection.getLastModified());
  }

  private void peer(HttpURLConnection connection) throws IOException {
    if (connection instanceof HttpsURLConnection secure) {
      seen.add("peer " + secure.getPeerPrincipal() + " " + secure.getServerCertificates().length);
      seen.add("cipher " + secure.getCipherSuite());
    }
  }

  @Override
  public void close() {}
}
