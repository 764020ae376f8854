package dev.evenkeel.balancer.mirror;

import dev.evenkeel.spi.KeptBody;
import java.io.InputStream;

/**
 * A request body that is kept for the same call. It has a limit of its own and takes nothing of the
 * memory of mirrors: without it the call would end differently, and a mirror's copy is never
 * missed. Not thread-safe; one thread at a time.
 */
public final class KeptRequestBody implements KeptBody {
  private final long contentLength;
  private final long maxBytes;
  private CopiedBody body = new CopiedBody();
  private boolean isGivenUp;
  private volatile boolean isWhole;

  /**
   * An empty one.
   *
   * @param contentLength bytes; -1 if it is not known
   * @param maxBytes what it may hold
   */
  public KeptRequestBody(long contentLength, long maxBytes) {
    this.contentLength = contentLength;
    this.maxBytes = maxBytes;
    isWhole = contentLength == 0;
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    if (isGivenUp) {
      return;
    }
    if (length > maxBytes - body.length()) {
      giveUp();
      return;
    }
    try {
      body.append(bytes, offset, length);
    } catch (Throwable fault) { // This is the application's own thread, in the middle of sending.
      giveUp();
      return;
    }
    isWhole = body.length() == contentLength;
  }

  private void giveUp() {
    isGivenUp = true;
    isWhole = false;
    body = new CopiedBody();
  }

  @Override
  public void end() {
    isWhole = !isGivenUp && (contentLength < 0 || body.length() == contentLength);
  }

  @Override
  public boolean isWhole() {
    return isWhole;
  }

  @Override
  public InputStream open() {
    return body.open();
  }
}
