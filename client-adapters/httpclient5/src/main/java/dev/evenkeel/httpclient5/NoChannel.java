package dev.evenkeel.httpclient5;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A channel that leads nowhere and takes no byte. Thread-safe: stateless. */
final class NoChannel implements DataStreamChannel {
  static final NoChannel INSTANCE = new NoChannel();

  private NoChannel() {}

  @Override
  public void requestOutput() {}

  @Override
  public int write(ByteBuffer bytes) {
    return 0;
  }

  @Override
  public void endStream() {}

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) {}
}
