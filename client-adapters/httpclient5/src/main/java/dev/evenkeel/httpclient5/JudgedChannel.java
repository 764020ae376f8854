package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a request body leaves, which notes what the connection took, and that it took no more: a
 * producer that throws without that has failed by itself. Thread-safe where the connection's is.
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
      int written = super.write(bytes);
      progress.taken(written);
      return written;
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }

  @Override
  public void endStream() throws IOException {
    progress.bodyEnded();
    try {
      super.endStream();
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
    progress.bodyEnded();
    try {
      super.endStream(trailers);
    } catch (Throwable failure) {
      progress.broken();
      throw failure;
    }
  }
}
