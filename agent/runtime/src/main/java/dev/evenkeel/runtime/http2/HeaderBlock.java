package dev.evenkeel.runtime.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields in a block of response headers or trailers. Source: HPACK (RFC 7541).
 *
 * <p>There is no dynamic table in here: a connection says at its beginning that it keeps none, and
 * what refers to one all the same is passed over, as is text that {@link HuffmanText} cannot read.
 * Immutable.
 *
 * @param headers the first value of each, by name as sent: in lower case
 */
public record HeaderBlock(Map<String, String> headers) {
  private static final int STATUS_DIGITS = 3;

  /** Of a gRPC status, of which there are few. */
  private static final int MAX_DIGITS = 9;

  /** Of an integer that a block holds: larger ones are nonsense, and must not overflow. */
  private static final int MAX_INTEGER = 1 << 20;

  public HeaderBlock {
    headers = Map.copyOf(headers);
  }

  /** Of HTTP, 0..999; -1: none, or not three digits. */
  public int status() {
    return headers.getOrDefault(":status", "").length() == STATUS_DIGITS ? number(":status") : -1;
  }

  /** Not negative; -1: none, or not a number. */
  public int grpcStatus() {
    return number("grpc-status");
  }

  private int number(String name) {
    String digits = headers.getOrDefault(name, "");
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(digits) : -1;
  }

  /** Adds a header as a literal without indexing, in plain (section 6.2.2). */
  public static void append(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    appendText(block, name);
    appendText(block, value);
  }

  private static void appendText(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int rest = bytes.length - 0x7f;
    block.write(Math.min(bytes.length, 0x7f));
    if (rest >= 0) {
      for (; rest >= 0x80; rest >>= 7) {
        block.write((rest & 0x7f) | 0x80);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /**
   * The fields of a whole block.
   *
   * @throws IOException if it breaks off, or is none
   */
  public static HeaderBlock decode(byte[] block) throws IOException {
    return new Decoder(block).decode();
  }

  /** Reads a block from its beginning to its end. Not thread-safe; one per block. */
  private static final class Decoder {
    private final byte[] block;
    private final Map<String, String> headers = new HashMap<>();
    private int position;

    Decoder(byte[] block) {
      this.block = block;
    }

    HeaderBlock decode() throws IOException {
      while (position < block.length) {
        int first = block[position] & 0xff;
        if (first >= 0x80) {
          int index = integer(0x7f);
          add(StaticTable.name(index), StaticTable.value(index));
        } else if (first >= 0x40) {
          literal(integer(0x3f));
        } else if (first >= 0x20) {
          integer(0x1f); // the size of a table that is not kept
        } else {
          literal(integer(0x0f));
        }
      }
      return new HeaderBlock(headers);
    }

    private void literal(int nameIndex) throws IOException {
      String name = nameIndex == 0 ? text() : StaticTable.name(nameIndex);
      add(name, text());
    }

    private void add(@Nullable String name, @Nullable String value) {
      if (name != null && value != null) {
        headers.putIfAbsent(name, value);
      }
    }

    /** Null if it cannot be read. */
    private @Nullable String text() throws IOException {
      boolean isCoded = position < block.length && block[position] < 0;
      int length = integer(0x7f);
      if (length > block.length - position) {
        throw malformed();
      }
      byte[] bytes = Arrays.copyOfRange(block, position, position + length);
      position += length;
      return isCoded ? HuffmanText.decode(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** An integer whose first bits share their byte with something else (section 5.1). */
    private int integer(int mask) throws IOException {
      int value = nextByte() & mask;
      if (value < mask) {
        return value;
      }
      int shift = 0;
      int next;
      do {
        next = nextByte();
        value += (next & 0x7f) << shift;
        shift += 7;
        if (shift > 21 || value > MAX_INTEGER) {
          throw malformed();
        }
      } while (next >= 0x80);
      return value;
    }

    private int nextByte() throws IOException {
      if (position == block.length) {
        throw malformed();
      }
      return block[position++] & 0xff;
    }

    private static IOException malformed() {
      return new IOException("malformed response header");
    }
  }
}
