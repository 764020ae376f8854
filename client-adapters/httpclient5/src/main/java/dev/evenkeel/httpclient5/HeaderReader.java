package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.ResponseReader;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Reads HttpClient's responses. Immutable. */
final class HeaderReader implements ResponseReader<HttpResponse> {
  static final HeaderReader INSTANCE = new HeaderReader();

  private HeaderReader() {}

  @Override
  public @Nullable String header(HttpResponse response, String name, int index) {
    Header[] headers = response.getHeaders(name);
    return index < headers.length ? headers[index].getValue() : null;
  }
}
