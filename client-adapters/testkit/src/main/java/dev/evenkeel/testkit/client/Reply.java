package dev.evenkeel.testkit.client;

import dev.evenkeel.testkit.server.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call, its body still on the wire. Close it, or read it as text. Not thread-safe;
 * one per call.
 *
 * @param status as received
 * @param headers values by lower-case name, as the application sees them
 * @param body ends with an exception if the connection does
 * @param url where the answer comes from, as the client's response object says
 * @param trailers values by lower-case name, once the body is read to its end; null where the
 *     library gives none
 * @param release ends the exchange: called once, by {@link #close}
 */
public record Reply(
    int status,
    Map<String, List<String>> headers,
    InputStream body,
    String url,
    Supplier<@Nullable Map<String, List<String>>> trailers,
    Closeable release)
    implements Closeable {

  /** An answer of a client that gives no trailers to its application. */
  public Reply(
      int status,
      Map<String, List<String>> headers,
      InputStream body,
      String url,
      Closeable release) {
    this(status, headers, body, url, () -> null, release);
  }

  /**
   * Values by lower-case name, as {@link #headers} and {@link #trailers} have them.
   *
   * @param fields of the library's own type, in order
   */
  public static <F> Map<String, List<String>> byName(
      Iterable<? extends F> fields, Function<F, String> name, Function<F, String> value) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (F field : fields) {
      headers
          .computeIfAbsent(name.apply(field).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
          .add(value.apply(field));
    }
    return headers;
  }

  /** The values of a header, by lower-case name. */
  public List<String> headers(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, List.of());
  }

  /** The server that answered; empty if none of a fleet did. */
  public String server() {
    return String.join(",", headers(TestServer.NAME_HEADER.toLowerCase(Locale.ROOT)));
  }

  /** Reads the body to its end and closes. */
  public String text() throws IOException {
    try (this) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads the body to its end, closes, and names the server that answered. */
  public String servedBy() throws IOException {
    String unused = text();
    return server();
  }

  @Override
  public void close() throws IOException {
    release.close();
  }
}
