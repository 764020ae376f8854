package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.ResponseReader;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Reads the client's responses. Immutable. */
final class HeaderReader implements ResponseReader<HttpResponse> {
  static final HeaderReader INSTANCE = new HeaderReader();

  private HeaderReader() {}

  @Override
  public @Nullable String header(HttpResponse response, String name, int index) {
    Header[] headers = response.getHeaders(name);
    return index < headers.length ? headers[index].getValue() : null;
  }
}
