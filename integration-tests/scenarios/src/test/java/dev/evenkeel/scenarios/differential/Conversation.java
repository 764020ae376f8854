package dev.evenkeel.scenarios.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.evenkeel.scenarios.differential.subjects.Seen;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The server's side of a WebSocket: it writes what it was told to, answers pings, and keeps every
 * frame that arrives, without its mask. Not thread-safe; one per connection.
 */
final class Conversation {
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final Map<Integer, String> KINDS =
      Map.of(0, "more", 1, "text", 2, "binary", CLOSE, "close", PING, "ping", PONG, "pong");

  private final DataInputStream in;
  private final OutputStream out;
  private final Consumer<String> lines;

  Conversation(InputStream in, OutputStream out, Consumer<String> lines) {
    this.in = new DataInputStream(in);
    this.out = out;
    this.lines = lines;
  }

  /**
   * Writes the first at once, and each other after a message, or when the client has left; returns
   * after the last.
   */
  void hold(List<String> frames) throws IOException {
    try {
      write(frames.get(0));
      for (String more : frames.subList(1, frames.size())) {
        hear();
        write(more);
      }
    } catch (IOException e) {
      // By EOF or by a reset: which of them is up to the network.
      lines.accept("left");
      throw e;
    }
  }

  private void write(String frames) throws IOException {
    out.write(frames.getBytes(ISO_8859_1));
  }

  /** Reads a whole message, or what closes the connection. */
  private void hear() throws IOException {
    boolean isOver = false;
    while (!isOver) {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      String payload = payload(length(second & LENGTH), (second & MASKED) != 0);
      int kind = first & 0xf;
      boolean isLast = (first & LAST) != 0;
      lines.accept(
          "frame "
              + KINDS.getOrDefault(kind, "unknown")
              + " "
              + Integer.toHexString(first)
              + ((second & MASKED) == 0 ? " bare " : " masked ")
              + Seen.shortened(payload));
      if (kind == PING) {
        write((char) (LAST | PONG) + "" + (char) payload.length() + payload);
      }
      isOver = kind == CLOSE || (kind < CLOSE && isLast);
    }
  }

  private int length(int given) throws IOException {
    return switch (given) {
      case LENGTH - 1 -> in.readUnsignedShort();
      case LENGTH -> (int) in.readLong();
      default -> given;
    };
  }

  private String payload(int length, boolean isMasked) throws IOException {
    byte[] mask = isMasked ? in.readNBytes(4) : new byte[4];
    byte[] payload = new byte[length];
    in.readFully(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new String(payload, ISO_8859_1);
  }
}
