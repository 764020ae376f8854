package dev.evenkeel.okhttp;

import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import java.io.OutputStream;
import okio.Buffer;
import okio.ForwardingSink;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * A request body that is copied while it is written, for mirrors or for another server. Bytes are
 * copied before they go on, as the codec takes them away. Not thread-safe; one per request.
 */
final class CopiedSink extends ForwardingSink {
  /** Null once a fault of ours left a gap: such a copy never becomes whole. */
  private @Nullable RequestCopy copy;

  private final OutputStream copied;
  private final boolean isEndedByClose;

  /**
   * Wraps a body.
   *
   * @param isEndedByClose false where an application may close what it has half written
   */
  CopiedSink(Sink body, RequestCopy copy, boolean isEndedByClose) {
    super(body);
    this.copy = copy;
    this.isEndedByClose = isEndedByClose;
    this.copied = copy.bodyStream();
  }

  @Override
  public void write(Buffer source, long byteCount) throws IOException {
    if (copy != null) {
      copy(source, byteCount);
    }
    super.write(source, byteCount);
  }

  private void copy(Buffer source, long byteCount) {
    try {
      source.copyTo(copied, 0, byteCount);
    } catch (Throwable fault) {
      copy = null;
      Faults.report(fault);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    if (isEndedByClose) {
      end();
    }
  }

  /** The body has been written whole. */
  void end() {
    RequestCopy whole = copy;
    copy = null;
    if (whole != null) {
      Copies.end(whole);
    }
  }
}
