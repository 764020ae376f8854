package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** The body of a call, as the client asks for it. Not thread-safe; one per call. */
final class StreamedBody extends AbstractHttpEntity {
  private final Body body;
  private @Nullable InputStream oneShot;

  StreamedBody(Body body) {
    this.body = body;
    setChunked(body.length() < 0);
  }

  @Override
  public boolean isRepeatable() {
    return body.isRepeatable();
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  /** The client asks for the stream of one shot again, to close it. */
  @Override
  public InputStream getContent() {
    if (body.isRepeatable()) {
      return body.open();
    }
    if (oneShot == null) {
      oneShot = body.open();
    }
    return oneShot;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = getContent()) {
      in.transferTo(out);
    }
  }

  @Override
  public boolean isStreaming() {
    return !body.isRepeatable();
  }
}
