package dev.evenkeel.okhttp;

import dev.evenkeel.spi.RequestReader;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Reads a request as OkHttp has it right before connecting: with all it adds. Thread-safe. */
final class OkHttpRequestReader implements RequestReader<Request> {
  static final OkHttpRequestReader INSTANCE = new OkHttpRequestReader();

  private OkHttpRequestReader() {}

  @Override
  public String method(Request request) {
    return request.method();
  }

  @Override
  public String target(Request request) {
    HttpUrl url = request.url();
    String query = url.encodedQuery();
    return query == null ? url.encodedPath() : url.encodedPath() + '?' + query;
  }

  @Override
  public @Nullable String header(Request request, String name) {
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name)) {
        return headers.value(i);
      }
    }
    return null;
  }

  /** One {@code Cookie} header, as OkHttp's cookie jar makes it; several by hand read as one. */
  @Override
  public @Nullable String cookies(Request request) {
    Headers headers = request.headers();
    String cookies = null;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase("Cookie")) {
        cookies = cookies == null ? headers.value(i) : cookies + "; " + headers.value(i);
      }
    }
    return cookies;
  }

  @Override
  public boolean speaksServersTls(Request request) {
    return true;
  }
}
