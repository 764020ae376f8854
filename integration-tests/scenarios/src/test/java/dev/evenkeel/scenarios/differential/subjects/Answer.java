package dev.evenkeel.scenarios.differential.subjects;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a server writes in answer to a request, byte for byte. Immutable.
 *
 * @param text one character for each byte
 * @param isEarly whether it is written before the request's body is read
 * @param isLast whether the connection ends after it
 * @param frames what is written into the WebSocket that the connection is from now on, one
 *     character for each byte: the first at once, each other after a message of the client; none
 *     for any other connection
 */
public record Answer(String text, boolean isEarly, boolean isLast, List<String> frames) {
  public static final Answer NO_EXCHANGE =
      raw("HTTP/1.1 404 No such exchange\r\nContent-Length: 0\r\n\r\n");

  private static final String LINE_END = "\r\n";
  private static final String ACCEPTS = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  public Answer {
    frames = List.copyOf(frames);
  }

  /**
   * Takes the handshake of a WebSocket (RFC 6455, section 4.2.2), if it is one.
   *
   * @param frames as {@link #frames}
   */
  static Answer socket(Request request, List<String> frames, String... headers) {
    if (!"upgrade".equalsIgnoreCase(request.header("Connection"))) {
      return text("400 No handshake", "no handshake");
    }
    String head =
        head(
            "101 Switching Protocols",
            List.of(headers),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: " + accept(request.header("Sec-WebSocket-Key")));
    return new Answer(head, false, true, frames);
  }

  private static String accept(@Nullable String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha.digest((key + ACCEPTS).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A status, as {@code 200 OK}, header lines, and no body. */
  static Answer status(String status, String... headers) {
    return raw(head(status, List.of(headers), "Content-Length: 0"));
  }

  /** As {@link #status} where no body can follow. */
  static Answer bodiless(String status, String... headers) {
    return raw(head(status, List.of(headers)));
  }

  static Answer text(String status, String body, String... headers) {
    return raw(head(status, List.of(headers), "Content-Length: " + body.length()) + body);
  }

  static Answer ok(String body, String... headers) {
    return text("200 OK", body, headers);
  }

  /**
   * A body in chunks.
   *
   * @param end what stands after the last chunk: header lines
   */
  static Answer chunked(List<String> parts, List<String> end, String... headers) {
    String chunks =
        parts.stream()
            .map(part -> Integer.toHexString(part.length()) + LINE_END + part + LINE_END)
            .collect(Collectors.joining());
    return raw(
        head("200 OK", List.of(headers), "Transfer-Encoding: chunked")
            + chunks
            + "0"
            + LINE_END
            + end.stream().map(line -> line + LINE_END).collect(Collectors.joining())
            + LINE_END);
  }

  /** 200 with a compressed text. */
  static Answer gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ok(bytes.toString(ISO_8859_1), "Content-Encoding: gzip");
  }

  static Answer raw(String text) {
    return new Answer(text, false, false, List.of());
  }

  static String head(String status, List<String> headers, String... more) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + LINE_END);
    headers.forEach(line -> head.append(line).append(LINE_END));
    Arrays.stream(more).forEach(line -> head.append(line).append(LINE_END));
    return head.append(LINE_END).toString();
  }

  Answer early() {
    return new Answer(text, true, isLast, frames);
  }

  Answer last() {
    return new Answer(text, isEarly, true, frames);
  }
}
