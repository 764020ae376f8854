package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a request body leaves, which notes a failure of the connection: one of the body itself says
 * nothing about the server. Thread-safe where the connection's is.
 */
final class WatchedChannel implements DataStreamChannel {
  private final DataStreamChannel channel;
  private final AttemptProgress progress;

  WatchedChannel(DataStreamChannel channel, AttemptProgress progress) {
    this.channel = channel;
    this.progress = progress;
  }

  @Override
  public void requestOutput() {
    channel.requestOutput();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    try {
      return channel.write(bytes);
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }

  @Override
  public void endStream() throws IOException {
    try {
      channel.endStream();
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
    try {
      channel.endStream(trailers);
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }
}
