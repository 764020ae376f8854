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
  private boolean isTooLong;
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
    if (isTooLong) {
      return;
    }
    if (length > maxBytes - body.length()) {
      isTooLong = true;
      isWhole = false;
      body = new CopiedBody();
      return;
    }
    body.append(bytes, offset, length);
    isWhole = body.length() == contentLength;
  }

  @Override
  public void end() {
    isWhole = !isTooLong && (contentLength < 0 || body.length() == contentLength);
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
