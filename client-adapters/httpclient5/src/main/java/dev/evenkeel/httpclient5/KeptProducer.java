package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncDataProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A request body that was kept when it was sent, with the fields that the application sent after
 * it. Not thread-safe.
 */
final class KeptProducer implements AsyncDataProducer {
  private static final int BLOCK_BYTES = 8192;

  private final InputStream kept;
  private final @Nullable List<? extends Header> trailers;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);

  KeptProducer(InputStream kept, @Nullable List<? extends Header> trailers) {
    this.kept = kept;
    this.trailers = trailers;
  }

  @Override
  public int available() {
    return BLOCK_BYTES;
  }

  /** Writes until the connection takes no more. */
  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    do {
      if (!block.hasRemaining()) {
        int read = kept.read(block.array());
        if (read < 0) {
          channel.endStream(trailers);
          return;
        }
        block.position(0).limit(read);
      }
      channel.write(block);
    } while (!block.hasRemaining());
  }

  @Override
  public void releaseResources() {}
}
