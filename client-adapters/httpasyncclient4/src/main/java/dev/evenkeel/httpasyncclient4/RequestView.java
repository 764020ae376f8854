package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.RequestReader;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.jspecify.annotations.Nullable;

/** Reads the client's request where it lies. Immutable. */
final class RequestView implements RequestReader<HttpRequestWrapper> {
  static final RequestView INSTANCE = new RequestView();

  private RequestView() {}

  @Override
  public String method(HttpRequestWrapper request) {
    return request.getMethod();
  }

  @Override
  public String target(HttpRequestWrapper request) {
    return pathOf(request);
  }

  @Override
  public @Nullable String header(HttpRequestWrapper request, String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** The client has added its own cookies by now, in a header beside the application's. */
  @Override
  public @Nullable String cookies(HttpRequestWrapper request) {
    Header[] headers = request.getHeaders("Cookie");
    if (headers.length == 0) {
      return null;
    }
    StringBuilder cookies = new StringBuilder(headers[0].getValue());
    for (int i = 1; i < headers.length; i++) {
      cookies.append("; ").append(headers[i].getValue());
    }
    return cookies.toString();
  }

  /** With a scheme and a pool route of each transport's own. */
  @Override
  public boolean speaksServersTls(HttpRequestWrapper request) {
    return true;
  }

  /** Path and query of the request line. */
  static String pathOf(HttpRequest request) {
    return RequestReader.pathOf(request.getRequestLine().getUri());
  }
}
