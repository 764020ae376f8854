package dev.evenkeel.runtime.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One frame of HTTP/2. Source: RFC 9113, sections 4.1, 6 and 7. Immutable, as long as nobody writes
 * into its payload.
 */
public final class Http2Frame {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int ACK = 0x1;
  public static final int END_STREAM = 0x1;
  public static final int END_HEADERS = 0x4;

  public static final int HEAD_BYTES = 9;

  /** What a peer may send, and expects, unless it is told otherwise. */
  public static final int MAX_PAYLOAD_BYTES = 16_384;

  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_BYTES = 5;

  private static final List<String> ERRORS =
      List.of(
          "NO_ERROR",
          "PROTOCOL_ERROR",
          "INTERNAL_ERROR",
          "FLOW_CONTROL_ERROR",
          "SETTINGS_TIMEOUT",
          "STREAM_CLOSED",
          "FRAME_SIZE_ERROR",
          "REFUSED_STREAM",
          "CANCEL",
          "COMPRESSION_ERROR",
          "CONNECT_ERROR",
          "ENHANCE_YOUR_CALM",
          "INADEQUATE_SECURITY",
          "HTTP_1_1_REQUIRED");

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  /**
   * @param type 0..255, any: who receives an unknown one ignores it
   * @param flags 0..255
   * @param stream 0: the connection
   * @param payload not copied
   */
  public Http2Frame(int type, int flags, int stream, byte... payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload;
  }

  public int type() {
    return type;
  }

  public int stream() {
    return stream;
  }

  public byte[] payload() {
    return payload;
  }

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  public byte[] encode() {
    return ByteBuffer.allocate(HEAD_BYTES + payload.length)
        .putInt((payload.length << 8) | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /**
   * The payload of DATA or HEADERS without padding and priority.
   *
   * @throws IOException if there is more of them than payload
   */
  public byte[] content() throws IOException {
    int from = has(PADDED) ? 1 : 0;
    requireLength(from);
    int to = payload.length - (has(PADDED) ? payload[0] & 0xff : 0);
    if (type == HEADERS && has(PRIORITY)) {
      from += PRIORITY_BYTES;
    }
    requireLength(from);
    if (from > to) {
      throw new IOException("HTTP/2 frame with more padding than content");
    }
    return Arrays.copyOfRange(payload, from, to);
  }

  /**
   * Four bytes of the payload as a number.
   *
   * @throws IOException if it is shorter
   */
  public int number(int offset) throws IOException {
    requireLength(offset + 4);
    return ByteBuffer.wrap(payload).getInt(offset);
  }

  /** The error code at an offset, by its name where it has one. */
  public String error(int offset) throws IOException {
    int code = number(offset);
    return code >= 0 && code < ERRORS.size()
        ? ERRORS.get(code)
        : "error " + Integer.toUnsignedString(code);
  }

  private void requireLength(int bytes) throws IOException {
    if (payload.length < bytes) {
      throw new IOException("HTTP/2 frame that is too short");
    }
  }
}
