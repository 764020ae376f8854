package dev.evenkeel.it.urlconnection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Connections as an application opens them, and their answers as text. Stateless. Thread-safe. */
final class Connections {
  private Connections() {}

  static HttpURLConnection connection(String url) throws IOException {
    return (HttpURLConnection) new URL(url).openConnection();
  }

  static String text(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }
}
