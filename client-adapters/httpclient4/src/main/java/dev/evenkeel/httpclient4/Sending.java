package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.RequestCopy;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.RequestLine;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.message.BasicRequestLine;
import org.jspecify.annotations.Nullable;

/**
 * What happens where the client writes a request and reads the head of its response: the request is
 * repeated for its mirrors, its body is kept, the response is judged. No method throws.
 * Thread-safe.
 */
final class Sending {
  private Sending() {}

  /**
   * The request is about to be written, whole but for its body.
   *
   * @return the request to write; null if it is none of ours
   */
  static @Nullable HttpRequest begin(HttpRequest request) {
    try {
      ServerPass pass = ServerPass.sending(request);
      if (pass == null) {
        nameServer(request);
        return null;
      }
      return pass.isAnswerGivenUp() ? new StoppedRequest(request) : wireRequest(request, pass);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /**
   * The client's own {@code CONNECT} names the server in its first line, and in its {@code Host}
   * what it finds in the context, which is logical: both have to agree. RFC 9112, section 3.2.
   */
  private static void nameServer(HttpRequest request) {
    ServerPass pass = ServerPass.current();
    String target = request.getRequestLine().getUri();
    if (pass != null
        && request.getRequestLine().getMethod().equals("CONNECT")
        && target.equals(pass.route().getTargetHost().toHostString())) {
      request.setHeader(HttpHeaders.HOST, target);
    }
  }

  private static HttpRequest wireRequest(HttpRequest request, ServerPass pass) {
    HttpEntity entity = SentBody.of(request);
    SentBody body = pass.body();
    HttpEntity sent = entity == null || body == null ? entity : body.toSend(entity);
    HttpEntity copied = copied(request, sent, pass);
    String target = pass.plainTarget();
    if (copied == entity && target == null) {
      return request;
    }
    HttpRequest own = target == null ? HttpRequestWrapper.wrap(request) : to(target, request);
    if (own instanceof HttpEntityEnclosingRequest enclosing) {
      enclosing.setEntity(copied);
    }
    return own;
  }

  /** The same request with another target, which need not be a URI. */
  private static HttpRequest to(String target, HttpRequest request) {
    RequestLine logical = request.getRequestLine();
    RequestLine line =
        new BasicRequestLine(logical.getMethod(), target, logical.getProtocolVersion());
    HttpRequest own =
        request instanceof HttpEntityEnclosingRequest
            ? new BasicHttpEntityEnclosingRequest(line)
            : new BasicHttpRequest(line);
    own.setHeaders(request.getAllHeaders());
    return own;
  }

  /** Repeats the head for mirrors. A fault of ours takes nothing from the call. */
  private static @Nullable HttpEntity copied(
      HttpRequest request, @Nullable HttpEntity body, ServerPass pass) {
    try {
      RequestCopy copy = pass.copy();
      if (copy == null) {
        return body;
      }
      String method = request.getRequestLine().getMethod();
      copy.begin(method, pass.logicalHost(), pass.logicalTarget(request));
      for (Header header : request.getAllHeaders()) {
        String value = header.getValue();
        copy.header(header.getName(), value == null ? "" : value);
      }
      if (body == null) {
        copy.end();
        return null;
      }
      return new CopiedEntity(body, copy);
    } catch (Throwable fault) {
      Faults.report(fault);
      return body;
    }
  }

  /**
   * The head of a response is there, or a failure.
   *
   * @param sent what {@link #begin} returned
   * @return what to end with instead, where the response is given up; null to change nothing
   */
  static @Nullable Throwable end(
      @Nullable HttpRequest sent, @Nullable HttpResponse returned, @Nullable Throwable thrown) {
    if (sent == null) {
      return null;
    }
    try {
      ServerPass pass = ServerPass.current();
      return pass == null ? null : pass.judge(returned, thrown);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }
}
