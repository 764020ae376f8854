package dev.evenkeel.okhttp;

import dev.evenkeel.spi.ResponseReader;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads OkHttp's responses. Immutable. */
final class HeaderReader implements ResponseReader<Response> {
  static final HeaderReader INSTANCE = new HeaderReader();

  private HeaderReader() {}

  @Override
  public @Nullable String header(Response response, String name, int index) {
    Headers headers = response.headers();
    int left = index;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase(name) && left-- == 0) {
        return headers.value(i);
      }
    }
    return null;
  }
}
