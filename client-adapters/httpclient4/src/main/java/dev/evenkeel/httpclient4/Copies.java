package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.RequestCopy;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.jspecify.annotations.Nullable;

/** Repeats a request for its mirrors where the client writes it. Thread-safe. */
final class Copies {
  private Copies() {}

  /**
   * The request is about to be written, whole but for its body. Never throws.
   *
   * @return the request to write instead, whose body is copied; null to write this one
   */
  static @Nullable HttpRequest begin(HttpRequest request) {
    try {
      ServerPass pass = ServerPass.sending(request);
      RequestCopy copy = pass == null ? null : pass.copy();
      return pass == null || copy == null ? null : copied(request, pass.logicalHost(), copy);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private static @Nullable HttpRequest copied(HttpRequest request, String host, RequestCopy copy) {
    copy.begin(request.getRequestLine().getMethod(), host, RequestView.pathOf(request));
    for (Header header : request.getAllHeaders()) {
      String value = header.getValue();
      copy.header(header.getName(), value == null ? "" : value);
    }
    HttpEntity entity =
        request instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
    if (entity == null) {
      copy.end();
      return null;
    }
    HttpRequestWrapper own = HttpRequestWrapper.wrap(request);
    ((HttpEntityEnclosingRequest) own).setEntity(new CopiedEntity(entity, copy));
    return own;
  }
}
