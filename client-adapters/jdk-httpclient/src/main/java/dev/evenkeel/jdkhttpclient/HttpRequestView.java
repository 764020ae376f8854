package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.RequestReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the client's request where it lies. Immutable. */
final class HttpRequestView implements RequestReader<HttpRequest> {
  static final HttpRequestView INSTANCE = new HttpRequestView();

  private static final String COOKIE = "Cookie";

  private HttpRequestView() {}

  @Override
  public boolean speaksServersTls(HttpRequest request) {
    return true;
  }

  @Override
  public String method(HttpRequest request) {
    return request.method();
  }

  @Override
  public String target(HttpRequest request) {
    URI uri = request.uri();
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    String start = path == null || path.isEmpty() ? "/" : path;
    return query == null || query.isEmpty() ? start : start + '?' + query;
  }

  @Override
  public @Nullable String header(HttpRequest request, String name) {
    String own = request.headers().firstValue(name).orElse(null);
    if (own != null) {
      return own;
    }
    List<String> added = RequestInternals.systemHeaders(request).get(name);
    return added == null || added.isEmpty() ? null : added.get(0);
  }

  /** The client's filters have run: the cookie store's cookies are on the request already. */
  @Override
  public @Nullable String cookies(HttpRequest request) {
    List<String> all =
        new ArrayList<>(RequestInternals.systemHeaders(request).getOrDefault(COOKIE, List.of()));
    all.addAll(request.headers().allValues(COOKIE));
    return all.isEmpty() ? null : String.join("; ", all);
  }
}
