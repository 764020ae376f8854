package dev.evenkeel.runtime.http2;

import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.DeadlineInput;
import java.io.EOFException;
import java.io.IOException;

/**
 * The frames that a server sends, from the first one, which has to be its settings. Not
 * thread-safe; one per connection.
 */
final class FrameInput {
  private final DeadlineInput in;
  private final int maxBytes;
  private boolean isGreeted;
  private int bytes;

  /**
   * @param maxBytes of all frames
   */
  FrameInput(DeadlineInput in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** From now on reads are bounded by another. */
  void until(Deadline other) {
    in.until(other);
  }

  /**
   * The next frame, whatever it is about.
   *
   * @throws IOException if the server ends the connection, or sends no HTTP/2
   */
  Http2Frame next() throws IOException {
    int[] head = new int[Http2Frame.HEAD_BYTES];
    for (int i = 0; i < head.length; i++) {
      head[i] = nextByte();
      if (i == 0 && head[0] != 0) {
        throw new IOException(isGreeted ? "HTTP/2 frame that is too long" : notHttp2(head[0]));
      }
    }
    int length = (head[1] << 8) | head[2];
    if (!isGreeted && head[3] != Http2Frame.SETTINGS) {
      throw new IOException(notHttp2(head[0]));
    }
    isGreeted = true;
    if (length > Http2Frame.MAX_PAYLOAD_BYTES) {
      throw new IOException("HTTP/2 frame that is too long");
    }
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) nextByte();
    }
    int stream = ((head[5] & 0x7f) << 24) | (head[6] << 16) | (head[7] << 8) | head[8];
    return new Http2Frame(head[3], head[4], stream, payload);
  }

  private int nextByte() throws IOException {
    if (++bytes > maxBytes) {
      throw new IOException("answer longer than " + maxBytes + " bytes");
    }
    try {
      return in.next();
    } catch (EOFException e) {
      throw new EOFException("connection closed before the end of the answer");
    }
  }

  /** The first byte of a frame's head is 0: nothing longer than 65,535 bytes is allowed. */
  private static String notHttp2(int firstByte) {
    return switch (firstByte) {
      case 'H' -> "server answered in HTTP/1 (expected: HTTP/2)";
      case 0x15 -> "server answered in TLS (expected: healthCheck.scheme: https)"; // an alert
      default -> "not an HTTP/2 answer";
    };
  }
}
