package dev.evenkeel.scenarios.differential.subjects;

/**
 * The frames that a server writes into a WebSocket, one character for each byte (RFC 6455, section
 * 5.2). Stateless.
 */
final class Frames {
  private static final int LAST = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int CONTINUED = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int SHORT = 125;
  private static final int MIDDLE = 0xffff;

  private Frames() {}

  static String text(String text) {
    return frame(LAST | TEXT, text);
  }

  /** A text whose characters are bytes that a deflater wrote. */
  static String compressed(String bytes) {
    return frame(LAST | COMPRESSED | TEXT, bytes);
  }

  static String binary(String bytes) {
    return frame(LAST | BINARY, bytes);
  }

  static String textBegin(String text) {
    return frame(TEXT, text);
  }

  static String binaryBegin(String bytes) {
    return frame(BINARY, bytes);
  }

  static String more(String part) {
    return frame(CONTINUED, part);
  }

  static String end(String part) {
    return frame(LAST | CONTINUED, part);
  }

  static String ping(String payload) {
    return frame(LAST | PING, payload);
  }

  static String pong(String payload) {
    return frame(LAST | PONG, payload);
  }

  static String close(int code, String reason) {
    return frame(LAST | CLOSE, "" + (char) (code >> 8) + (char) (code & 0xff) + reason);
  }

  /** A close without a code. */
  static String close() {
    return frame(LAST | CLOSE, "");
  }

  static String frame(int first, String payload) {
    int length = payload.length();
    StringBuilder frame = new StringBuilder().append((char) first);
    if (length <= SHORT) {
      frame.append((char) length);
    } else if (length <= MIDDLE) {
      frame.append((char) (SHORT + 1)).append((char) (length >> 8)).append((char) (length & 0xff));
    } else {
      frame.append((char) (SHORT + 2));
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.append((char) ((long) length >> shift & 0xff));
      }
    }
    return frame.append(payload).toString();
  }
}
