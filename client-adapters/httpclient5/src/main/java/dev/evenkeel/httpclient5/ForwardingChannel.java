package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A channel over another one, which does as that one does. Thread-safe where the other one is. */
abstract class ForwardingChannel implements DataStreamChannel {
  private final DataStreamChannel channel;

  ForwardingChannel(DataStreamChannel channel) {
    this.channel = channel;
  }

  /** True if this one writes to {@code other}. */
  final boolean isOver(DataStreamChannel other) {
    return channel == other;
  }

  @Override
  public final void requestOutput() {
    channel.requestOutput();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return channel.write(bytes);
  }

  @Override
  public void endStream() throws IOException {
    channel.endStream();
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
    channel.endStream(trailers);
  }
}
