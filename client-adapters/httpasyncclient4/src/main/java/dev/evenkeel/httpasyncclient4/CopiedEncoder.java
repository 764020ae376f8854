package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.GuardedCopy;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentEncoder;

/**
 * What a request's body is written to, which is copied as far as the client's own encoder takes it.
 * It is not one for files, so that those are copied too. Not thread-safe.
 */
final class CopiedEncoder implements ContentEncoder {
  private final ContentEncoder encoder;
  private final GuardedCopy copy;

  CopiedEncoder(ContentEncoder encoder, RequestCopy copy) {
    this.encoder = encoder;
    this.copy = new GuardedCopy(copy, HttpAsyncClient4Adapter.NAME);
  }

  /** True if this one writes to {@code other}. */
  boolean isOver(ContentEncoder other) {
    return encoder == other || (encoder instanceof CopiedEncoder inner && inner.isOver(other));
  }

  /** The client's own. */
  ContentEncoder own() {
    return encoder instanceof CopiedEncoder inner ? inner.own() : encoder;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int written = encoder.write(bytes);
    copy.body(bytes, start);
    return written;
  }

  /** The copy ends before the connection does, which may have the answer at once. */
  @Override
  public void complete() throws IOException {
    copy.end();
    encoder.complete();
  }

  /** The body went out whole, which the application need not say. */
  void end() {
    copy.end();
    if (encoder instanceof CopiedEncoder inner) {
      inner.end();
    }
  }

  @Override
  public boolean isCompleted() {
    return encoder.isCompleted();
  }
}
