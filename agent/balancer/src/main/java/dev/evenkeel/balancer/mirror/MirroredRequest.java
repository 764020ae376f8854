package dev.evenkeel.balancer.mirror;

import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request as mirrors get it. Immutable.
 *
 * <p>Source of what is left out: RFC 9110, section 7.6.1 (what concerns one connection only) and
 * 8.6 (a message without the body must not be described as if it had one).
 */
public final class MirroredRequest {
  /**
   * Those of one connection, those that frame a message, and {@code Expect}, which asks a server
   * for leave to send what mirrors get at once.
   */
  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> OF_A_BODY = Set.of("digest", "repr-digest");

  private final String method;
  private final String authority;
  private final String target;
  private final @Nullable HeaderLine lastHeader;
  private final boolean isBodyLeftOut;
  private final boolean isChunked;
  private final long contentLength;
  private final CopiedBody body;

  MirroredRequest(
      String method,
      String authority,
      String target,
      @Nullable HeaderLine lastHeader,
      boolean isBodyLeftOut,
      boolean isChunked,
      long contentLength,
      CopiedBody body) {
    this.method = method;
    this.authority = authority;
    this.target = target;
    this.lastHeader = lastHeader;
    this.isBodyLeftOut = isBodyLeftOut;
    this.isChunked = isChunked;
    this.contentLength = contentLength;
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** The logical {@code host[:port]}. */
  public String authority() {
    return authority;
  }

  /** Path and query. */
  public String target() {
    return target;
  }

  /** True if the body's length was not known when the request was sent. */
  public boolean isChunked() {
    return isChunked;
  }

  /** Bytes of the body; -1 if there is none and none need be expected of such a method. */
  public long contentLength() {
    return contentLength;
  }

  public void writeBody(OutputStream out) throws IOException {
    body.writeTo(out);
  }

  /**
   * The headers in their order, without {@code Host} and what frames the message. Cookies, which
   * HTTP/2 may have in several lines, are one (RFC 9113, section 8.2.3).
   */
  public void headers(BiConsumer<String, String> each) {
    Deque<HeaderLine> inOrder = inOrder();
    Set<String> named = namedByConnection(inOrder);
    boolean isCookieSaid = false;
    for (HeaderLine line : inOrder) {
      String name = lower(line.name());
      boolean isCookie = name.equals("cookie");
      if (!named.contains(name) && isPassedOn(name) && !(isCookie && isCookieSaid)) {
        each.accept(line.name(), isCookie ? cookies(inOrder) : line.value());
        isCookieSaid |= isCookie;
      }
    }
  }

  private Deque<HeaderLine> inOrder() {
    Deque<HeaderLine> inOrder = new ArrayDeque<>();
    for (HeaderLine line = lastHeader; line != null; line = line.previous()) {
      inOrder.push(line);
    }
    return inOrder;
  }

  private static Set<String> namedByConnection(Iterable<HeaderLine> lines) {
    Set<String> named = new HashSet<>();
    for (HeaderLine line : lines) {
      if (line.name().equalsIgnoreCase("Connection")) {
        for (String option : line.value().split(",", -1)) {
          named.add(lower(option.strip()));
        }
      }
    }
    return named;
  }

  private static String cookies(Iterable<HeaderLine> lines) {
    StringJoiner cookies = new StringJoiner("; ");
    for (HeaderLine line : lines) {
      if (line.name().equalsIgnoreCase("Cookie")) {
        cookies.add(line.value());
      }
    }
    return cookies.toString();
  }

  private boolean isPassedOn(String name) {
    boolean isOfTheBody = name.startsWith("content-") || OF_A_BODY.contains(name);
    return !OF_ONE_CONNECTION.contains(name)
        && !name.startsWith(":")
        && !(isBodyLeftOut && isOfTheBody);
  }

  /** The first value of a header that mirrors get; null if there is none. */
  public @Nullable String header(String name) {
    HeaderLine[] found = new HeaderLine[1];
    headers(
        (each, value) -> {
          if (found[0] == null && each.equalsIgnoreCase(name)) {
            found[0] = new HeaderLine(each, value, null);
          }
        });
    return found[0] == null ? null : found[0].value();
  }

  /** Repeats the request as it is sent to a mirror that has mirrors of its own. */
  public void repeatTo(RequestCopy copy) {
    copy.begin(method, authority, target);
    headers(copy::header);
    if (isChunked) {
      copy.header("Transfer-Encoding", "chunked");
    } else if (contentLength >= 0) {
      copy.header("Content-Length", Long.toString(contentLength));
    }
    try {
      body.writeTo(copy.bodyStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a copy has nothing that could fail
    }
    copy.end();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
