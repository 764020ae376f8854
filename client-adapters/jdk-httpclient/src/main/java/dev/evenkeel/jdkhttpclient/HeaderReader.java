package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.ResponseReader;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the headers of the JDK's responses. Immutable. */
final class HeaderReader implements ResponseReader<HttpHeaders> {
  static final HeaderReader INSTANCE = new HeaderReader();

  private HeaderReader() {}

  @Override
  public @Nullable String header(HttpHeaders response, String name, int index) {
    List<String> values = response.allValues(name);
    return index < values.size() ? values.get(index) : null;
  }
}
