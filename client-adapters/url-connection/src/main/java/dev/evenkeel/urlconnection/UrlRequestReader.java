package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.RequestReader;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request before its connection is made: what the application set, and the cookies that the
 * JDK will add. Thread-safe.
 */
final class UrlRequestReader implements RequestReader<HttpURLConnection> {
  static final UrlRequestReader INSTANCE = new UrlRequestReader();

  private UrlRequestReader() {}

  @Override
  public boolean speaksServersTls(HttpURLConnection request) {
    return true;
  }

  @Override
  public String method(HttpURLConnection request) {
    return request.getRequestMethod();
  }

  @Override
  public String target(HttpURLConnection request) {
    String file = request.getURL().getFile();
    return file.startsWith("/") ? file : "/" + file;
  }

  @Override
  public @Nullable String header(HttpURLConnection request, String name) {
    return request.getRequestProperty(name);
  }

  @Override
  public @Nullable String cookies(HttpURLConnection request) {
    String cookies = request.getRequestProperty("Cookie");
    for (String kept : kept(request)) {
      cookies = cookies == null ? kept : cookies + "; " + kept;
    }
    return cookies;
  }

  private static List<String> kept(HttpURLConnection request) {
    CookieHandler handler = Library.cookieHandler(request);
    URI uri = handler == null ? null : uri(request.getURL());
    if (handler == null || uri == null) {
      return List.of();
    }
    try {
      return handler.get(uri, Map.of()).getOrDefault("Cookie", List.of());
    } catch (IOException | RuntimeException failing) {
      return List.of(); // The JDK will meet it again, and the application with it.
    }
  }

  /** Null where the JDK would not ask for cookies either. */
  private static @Nullable URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException notOne) {
      return null;
    }
  }
}
