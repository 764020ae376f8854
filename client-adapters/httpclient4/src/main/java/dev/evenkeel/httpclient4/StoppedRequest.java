package dev.evenkeel.httpclient4;

import org.apache.http.HttpRequest;
import org.apache.http.RequestLine;
import org.apache.http.message.BasicHttpRequest;

/**
 * A request that no connection can write, since it is on its way to another service: the client
 * fails at its first line. Not thread-safe.
 */
final class StoppedRequest extends BasicHttpRequest {
  StoppedRequest(HttpRequest request) {
    super(request.getRequestLine());
  }

  @Override
  public RequestLine getRequestLine() {
    throw new IllegalStateException("the request goes to another service");
  }
}
