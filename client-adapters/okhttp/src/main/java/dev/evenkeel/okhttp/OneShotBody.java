package dev.evenkeel.okhttp;

import dev.evenkeel.spi.KeptBody;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A request body that can be read once: kept while it is written, and from then on what was kept,
 * with the length and type that the application gave it. Not thread-safe; one thread at a time.
 */
final class OneShotBody extends RequestBody {
  private final RequestBody body;
  private @Nullable KeptBody kept;

  OneShotBody(RequestBody body, KeptBody kept) {
    this.body = body;
    this.kept = kept;
  }

  /** What was kept is not needed any more. The response refers to this body through its request. */
  void forget() {
    kept = null;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public boolean isOneShot() {
    return body.isOneShot();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    KeptBody copy = kept;
    if (copy == null) {
      body.writeTo(sink);
      return;
    }
    if (copy.isWhole()) {
      try (Source bytes = Okio.source(copy.open())) {
        sink.writeAll(bytes);
      }
      return;
    }
    CopiedSink copied = new CopiedSink(sink, copy, false);
    // Whoever writes may close the sink or not: what it holds goes out either way.
    @SuppressWarnings("MustBeClosed")
    BufferedSink buffered = Okio.buffer(copied);
    body.writeTo(buffered);
    if (buffered.isOpen()) {
      buffered.emit();
    }
    copied.end();
  }
}
