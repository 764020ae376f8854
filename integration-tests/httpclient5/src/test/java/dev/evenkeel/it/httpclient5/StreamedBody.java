package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** The body of a call, as the asynchronous client asks for it. Not thread-safe; one per call. */
final class StreamedBody implements AsyncEntityProducer {
  private final Body body;
  private final ByteBuffer buffer = ByteBuffer.allocate(16_384).limit(0);
  private @Nullable InputStream stream;

  StreamedBody(Body body) {
    this.body = body;
  }

  @Override
  public boolean isRepeatable() {
    return body.isRepeatable();
  }

  @Override
  public int available() {
    return 1;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (stream == null) {
      stream = body.open();
    }
    if (!buffer.hasRemaining()) {
      int read = stream.read(buffer.array());
      if (read < 0) {
        channel.endStream();
        return;
      }
      buffer.position(0).limit(read);
    }
    channel.write(buffer);
  }

  @Override
  public void failed(Exception cause) {}

  /** The client calls this before it asks for the body again. */
  @Override
  public void releaseResources() {
    buffer.position(0).limit(0);
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stream = null;
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public boolean isChunked() {
    return body.length() < 0;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }
}
