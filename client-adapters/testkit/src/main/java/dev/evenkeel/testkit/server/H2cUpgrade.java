package dev.evenkeel.testkit.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes stream 1 of a request that asked for HTTP/2 by an upgrade, for a server that knows of no
 * upgrade. Source: RFC 7540, section 3.2. Stateless. Thread-safe.
 */
final class H2cUpgrade {
  private static final int PREFACE_BYTES = 24;
  private static final int HEADERS = 1;
  private static final int END_BOTH = 0x1 | 0x4;
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "upgrade", "http2-settings", "content-length");

  private H2cUpgrade() {}

  /**
   * Reads a client's beginning after the switch.
   *
   * @param head of its request
   * @return what a client by prior knowledge would have sent
   */
  static byte[] read(DataInputStream in, String head) throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    begun.writeBytes(in.readNBytes(PREFACE_BYTES));
    byte[] settingsHead = in.readNBytes(9);
    begun.writeBytes(settingsHead);
    begun.writeBytes(in.readNBytes(ByteBuffer.wrap(settingsHead).getInt() >>> 8));
    byte[] block = block(head);
    begun.writeBytes(
        ByteBuffer.allocate(9)
            .putInt((block.length << 8) | HEADERS)
            .put((byte) END_BOTH)
            .putInt(1)
            .array());
    begun.writeBytes(block);
    return begun.toByteArray();
  }

  private static byte[] block(String head) {
    ByteArrayOutputStream pseudo = new ByteArrayOutputStream();
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    List<String> lines = List.of(head.strip().split("\r\n", -1));
    String[] requestLine = lines.get(0).split(" ", -1);
    append(pseudo, ":method", requestLine[0]);
    append(pseudo, ":path", requestLine[1]);
    append(pseudo, ":scheme", "http");
    for (String line : lines.subList(1, lines.size())) {
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = line.substring(line.indexOf(':') + 1).strip();
      if (name.equals("host")) {
        append(pseudo, ":authority", value);
      } else if (!OF_THE_CONNECTION.contains(name)) {
        append(others, name, value);
      }
    }
    pseudo.writeBytes(others.toByteArray());
    return pseudo.toByteArray();
  }

  /** As RFC 7541, section 6.2.2, has it, for texts shorter than 127 bytes. */
  private static void append(ByteArrayOutputStream block, String name, String value) {
    if (name.length() >= 0x7f || value.length() >= 0x7f) {
      throw new IllegalArgumentException("header " + name + " (expected: a short one)");
    }
    block.write(0);
    block.write(name.length());
    block.writeBytes(name.getBytes(ISO_8859_1));
    block.write(value.length());
    block.writeBytes(value.getBytes(ISO_8859_1));
  }
}
