package dev.evenkeel.okhttp;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import okhttp3.Call;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/**
 * A response body that ends its attempt when it is read to the end, fails, or is closed. Not
 * thread-safe; one per response.
 */
final class EndingSource extends ForwardingSource {
  private final GuardedAttempt attempt;
  private final Call call;
  private long remainingBytes;

  /**
   * Wraps a body.
   *
   * @param lengthBytes the body's length, or -1 if only its end will tell
   */
  EndingSource(Source body, long lengthBytes, GuardedAttempt attempt, Call call) {
    super(body);
    this.attempt = attempt;
    this.call = call;
    this.remainingBytes = lengthBytes;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long read;
    try {
      read = super.read(sink, byteCount);
    } catch (Throwable failure) {
      attempt.end(call.isCanceled() ? Outcome.CANCELLED : Outcome.IO_FAILED);
      throw failure;
    }
    if (read == -1) {
      attempt.end(Outcome.COMPLETED);
    } else {
      remainingBytes -= read; // Below zero and falling where the length is not known.
      if (remainingBytes == 0) {
        attempt.end(Outcome.COMPLETED);
      }
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      attempt.end(call.isCanceled() ? Outcome.CANCELLED : Outcome.COMPLETED);
    }
  }
}
