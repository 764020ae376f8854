package dev.evenkeel.testkit.server;

import java.util.List;
import java.util.stream.IntStream;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived at a server. Immutable.
 *
 * @param server the name of the server
 * @param requestLine byte for byte; for HTTP/2 put together from the pseudo headers
 * @param method as sent
 * @param target path and query as sent
 * @param headers in the order of arrival; for HTTP/2 with {@code :authority} and {@code :scheme}
 * @param bodyBytes the size of the body
 * @param body the body, as text, up to the limit of the fleet
 * @param connection index of the connection at this server, from 0
 * @param serverNames the names that the TLS client asked for (SNI); empty without
 */
public record Received(
    String server,
    String requestLine,
    String method,
    String target,
    List<Header> headers,
    long bodyBytes,
    String body,
    int connection,
    List<String> serverNames) {

  private static final String AUTHORITY = ":authority";

  public Received {
    headers = List.copyOf(headers);
    serverNames = List.copyOf(serverNames);
  }

  /**
   * One header line.
   *
   * @param name as sent
   * @param value without surrounding space
   */
  public record Header(String name, String value) {}

  static Received of(String server, RecordedRequest request) {
    return new Received(
        server,
        request.getRequestLine(),
        request.getMethod(),
        request.getTarget(),
        headersOf(request),
        request.getBodySize(),
        request.getBody() == null ? "" : request.getBody().utf8(),
        request.getConnectionIndex(),
        request.getHandshakeServerNames());
  }

  private static List<Header> headersOf(RecordedRequest request) {
    return IntStream.range(0, request.getHeaders().size())
        .mapToObj(i -> new Header(request.getHeaders().name(i), request.getHeaders().value(i)))
        .toList();
  }

  /**
   * The same as HTTP/1.1 would have brought it, for what is asked of either: {@code Host} is what
   * {@code :authority} was. One of HTTP/1.1 is the same.
   */
  Received asHttp1() {
    List<Header> renamed =
        headers.stream()
            .map(
                header ->
                    header.name().equals(AUTHORITY) ? new Header("Host", header.value()) : header)
            .toList();
    return with(requestLine.replaceFirst(" HTTP/2$", " HTTP/1.1"), renamed);
  }

  /** The same without a port that the scheme has anyway, for clients that have to name it. */
  Received withoutDefaultPort() {
    List<Header> shorter =
        headers.stream()
            .map(
                header ->
                    header.name().equals(AUTHORITY) || header.name().equalsIgnoreCase("Host")
                        ? new Header(header.name(), header.value().replaceFirst(":(80|443)$", ""))
                        : header)
            .toList();
    return with(requestLine, shorter);
  }

  private Received with(String line, List<Header> others) {
    return new Received(
        server, line, method, target, others, bodyBytes, body, connection, serverNames);
  }

  /** Whether it came over HTTP/2, however it is read. */
  boolean isHttp2() {
    return header(":scheme") != null;
  }

  /** The values of a header, by case-insensitive name, in the order of arrival. */
  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The first value of a header, by case-insensitive name; null if there is none. */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** The host the client asked for: {@code Host}, or {@code :authority} in HTTP/2. */
  public @Nullable String authority() {
    String authority = header(AUTHORITY);
    return authority == null ? header("Host") : authority;
  }
}
