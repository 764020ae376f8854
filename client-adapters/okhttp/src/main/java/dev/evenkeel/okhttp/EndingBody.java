package dev.evenkeel.okhttp;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A response's body that ends its attempt. What it says of itself is asked of the client's own body
 * when the application asks, since OkHttp parses the media type each time. Not thread-safe; one per
 * response.
 */
final class EndingBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;

  EndingBody(ResponseBody body, EndingSource source) {
    this.body = body;
    this.source = Okio.buffer(source);
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
