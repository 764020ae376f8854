package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the advice does for mirrors: repeats a request while the client writes it. The same way
 * bodies are kept that may have to be sent again. A copy belongs to the call, so it goes with it.
 * Thread-safe.
 */
final class Copies {
  /**
   * False while no call of this JVM was ever copied or kept: then nobody looks for the call of a
   * body.
   */
  private static volatile boolean isUsed;

  private Copies() {}

  /** A request has its head, in the form of HTTP/1.1. */
  static void beginHttp1(Object http1Request, List<ByteBuffer> head) {
    HttpRequest request = Internals.requestOfHttp1(http1Request);
    RequestCopy copy = begin(request);
    if (copy == null) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (ByteBuffer part : head) {
      text.append(StandardCharsets.US_ASCII.decode(part.duplicate()));
    }
    boolean hasBody = false;
    int end = text.indexOf("\r\n");
    copy.begin(
        request.method(),
        Authority.logical(request.uri()),
        target(text.substring(0, end), request));
    for (int start = end + 2; start < text.length(); start = end + 2) {
      end = text.indexOf("\r\n", start);
      int colon = text.indexOf(": ", start);
      if (colon > 0 && colon < end) {
        String name = text.substring(start, colon);
        String value = text.substring(colon + 2, end);
        copy.header(name, value);
        hasBody |= name.equalsIgnoreCase("Transfer-Encoding");
        hasBody |= name.equalsIgnoreCase("Content-Length") && !value.equals("0");
      }
    }
    if (!hasBody) {
      copy.end();
    }
  }

  /** As sent, without the server's path; what a proxy gets begins with the scheme. */
  private static String target(String requestLine, HttpRequest request) {
    String sent = requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' '));
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    String before = server == null ? "" : server.path();
    return sent.startsWith("/")
        ? sent.substring(before.length())
        : HttpRequestView.INSTANCE.target(request);
  }

  /**
   * A request has its head, in the form of HTTP/2.
   *
   * @param frame what is about to be sent
   * @param contentLength of the body; 0 for none, -1 if it is not known
   */
  static void beginHttp2(Object stream, Object frame, long contentLength) {
    HttpRequest request = Internals.requestOfStream(stream);
    RequestCopy copy = begin(request);
    if (copy == null) {
      return;
    }
    copy.begin(
        request.method(),
        Authority.logical(request.uri()),
        HttpRequestView.INSTANCE.target(request));
    headers(copy, Internals.userHeadersOf(frame)); // in the order in which they are encoded
    headers(copy, Internals.systemHeadersOf(frame));
    if (contentLength == 0) {
      copy.end();
    }
  }

  private static void headers(RequestCopy copy, HttpHeaders headers) {
    headers.map().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
  }

  private static @Nullable RequestCopy begin(HttpRequest request) {
    BalancedCall call = Calls.of(request);
    if (call == null) {
      return null;
    }
    SentBody body = call.body();
    boolean isKept = body != null && body.keep(request);
    RequestCopy copy = call.newCopy();
    if (copy != null || isKept) {
      isUsed = true;
    }
    return copy;
  }

  /** A part of a body is about to be sent. */
  static void body(Object subscriber, ByteBuffer part) {
    BalancedCall call = callOf(subscriber);
    if (call == null) {
      return;
    }
    RequestCopy copy = call.copy();
    RequestCopy kept = kept(call);
    if (copy != null) {
      copy.body(part);
    }
    if (kept != null) {
      kept.body(part);
    }
  }

  /** A body is complete. */
  static void end(Object subscriber) {
    BalancedCall call = callOf(subscriber);
    RequestCopy copy = call == null ? null : call.copy();
    RequestCopy kept = call == null ? null : kept(call);
    if (copy != null) {
      copy.end();
    }
    if (kept != null) {
      kept.end();
    }
  }

  private static @Nullable RequestCopy kept(BalancedCall call) {
    SentBody body = call.body();
    return body == null ? null : body.keeping();
  }

  private static @Nullable BalancedCall callOf(Object subscriber) {
    return isUsed ? Calls.of(Internals.requestOfSubscriber(subscriber)) : null;
  }
}
