package dev.evenkeel.runtime.mirror;

import dev.evenkeel.runtime.socket.DeadlineInput;
import dev.evenkeel.runtime.socket.ResponseHead;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an answer and keeps nothing. Most servers are only content when they could send
 * all of it, so it is read to its end, but not beyond {@value #MAX_BYTES} bytes. Source of where it
 * ends: RFC 9112, section 6.3. Immutable.
 */
final class DiscardedBody {
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_CHUNK_LINE = 1024;

  private DiscardedBody() {}

  /**
   * Reads it.
   *
   * @param method of the request
   * @throws IOException if the body breaks off
   */
  static void read(String method, ResponseHead head, DeadlineInput in) throws IOException {
    boolean hasNone = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
    if (hasNone) {
      return;
    }
    String encoding = head.header("transfer-encoding");
    if (encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
      readChunks(in);
      return;
    }
    long length = lengthOf(head.header("content-length"));
    long wanted = length < 0 ? MAX_BYTES : Math.min(length, MAX_BYTES);
    if (in.skip(wanted) < wanted && length >= 0) {
      throw brokenOff();
    }
  }

  private static void readChunks(DeadlineInput in) throws IOException {
    long left = MAX_BYTES;
    while (left > 0) {
      long size = chunkSize(in);
      if (size == 0) {
        return;
      }
      long wanted = Math.min(size, left) + 2; // with the line end after it
      if (in.skip(wanted) < wanted) {
        throw brokenOff();
      }
      left -= wanted;
    }
  }

  private static long chunkSize(DeadlineInput in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.next(); b != '\n'; b = in.next()) {
      if (line.length() == MAX_CHUNK_LINE) {
        throw new IOException("chunk without a size");
      }
      line.append((char) b);
    }
    int extension = line.indexOf(";");
    String digits = extension < 0 ? line.toString() : line.substring(0, extension);
    try {
      return Math.max(0, Long.parseLong(digits.strip(), 16));
    } catch (NumberFormatException e) {
      throw new IOException("chunk without a size", e);
    }
  }

  private static long lengthOf(@Nullable String contentLength) throws IOException {
    if (contentLength == null) {
      return -1;
    }
    try {
      return Long.parseLong(contentLength);
    } catch (NumberFormatException e) {
      throw new IOException("Content-Length: " + contentLength, e);
    }
  }

  private static EOFException brokenOff() {
    return new EOFException("connection closed before the end of the response");
  }
}
