package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a request body leaves, which notes that the connection took no more of it: a producer that
 * throws without that has failed by itself. Thread-safe where the connection's is.
 */
class JudgedChannel extends ForwardingChannel {
  private final AttemptProgress progress;

  JudgedChannel(DataStreamChannel channel, AttemptProgress progress) {
    super(channel);
    this.progress = progress;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    try {
      return super.write(bytes);
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }

  @Override
  public void endStream() throws IOException {
    try {
      super.endStream();
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
    try {
      super.endStream(trailers);
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }
}
