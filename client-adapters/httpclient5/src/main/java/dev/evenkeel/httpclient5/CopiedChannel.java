package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedCopy;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a request body leaves that is copied: for mirrors, or to be sent again. What the connection
 * does not take now it is offered again, so bytes are copied after it took them. Thread-safe as far
 * as the body is written by one thread at a time.
 */
final class CopiedChannel extends ForwardingChannel {
  private final GuardedCopy copy;

  CopiedChannel(DataStreamChannel channel, RequestCopy copy) {
    this(channel, new GuardedCopy(copy, HttpClient5Adapter.NAME));
  }

  private CopiedChannel(DataStreamChannel channel, GuardedCopy copy) {
    super(channel);
    this.copy = copy;
  }

  /** The rest of the body through {@code other}: a client that logs has one for each part. */
  CopiedChannel to(DataStreamChannel other) {
    return isOver(other) ? this : new CopiedChannel(other, copy);
  }

  /** Nobody needs the copy any more. */
  void stop() {
    copy.stop();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int written = super.write(bytes);
    copy.body(bytes, start);
    return written;
  }

  /** The copy ends before the connection does, which may have the answer at once. */
  @Override
  public void endStream() throws IOException {
    copy.end();
    super.endStream();
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
    copy.end();
    super.endStream(trailers);
  }
}
