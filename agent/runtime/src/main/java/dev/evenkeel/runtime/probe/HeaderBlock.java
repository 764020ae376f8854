package dev.evenkeel.runtime.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The two numbers in a block of response headers or trailers that a gRPC probe needs. Source: HPACK
 * (RFC 7541).
 *
 * <p>There is no dynamic table in here. Its entries are what went before on the same connection,
 * which has one request: {@code grpc-status} comes once, so its name is spelt out, and the response
 * gets its {@code :status} from the static table. What refers to the dynamic table is another
 * header, and passed over. Immutable.
 *
 * @param status of HTTP, 100..999; -1: none, or not a number
 * @param grpcStatus not negative; -1: none, or not a number
 */
record HeaderBlock(int status, int grpcStatus) {
  private static final byte[] GRPC_STATUS = "grpc-status".getBytes(StandardCharsets.US_ASCII);

  /** {@code grpc-status} in the code of RFC 7541, appendix B. */
  private static final byte[] GRPC_STATUS_CODED = {
    (byte) 0x9a, (byte) 0xca, (byte) 0xc8, (byte) 0xb2, 0x12, 0x34, (byte) 0xda, (byte) 0x8f
  };

  /** The static table's entries of {@code :status}, the first of them at 8. */
  private static final int[] STATIC_STATUS = {200, 204, 206, 304, 400, 404, 500};

  private static final int FIRST_STATIC_STATUS = 8;

  /** Of an integer that a block holds: larger ones are nonsense, and must not overflow. */
  private static final int MAX_INTEGER = 1 << 20;

  /** Adds a header as a literal without indexing, in plain (section 6.2.2). */
  static void append(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    appendText(block, name);
    appendText(block, value);
  }

  static HeaderBlock decode(byte[] block) throws IOException {
    return new Decoder(block).decode();
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

  /** Reads a block from its beginning to its end. Not thread-safe; one per block. */
  private static final class Decoder {
    private final byte[] block;
    private int position;
    private int status = -1;
    private int grpcStatus = -1;

    Decoder(byte[] block) {
      this.block = block;
    }

    HeaderBlock decode() throws IOException {
      while (position < block.length) {
        int first = block[position] & 0xff;
        if (first >= 0x80) {
          indexed(integer(0x7f));
        } else if (first >= 0x40) {
          literal(integer(0x3f));
        } else if (first >= 0x20) {
          integer(0x1f); // the size of a table that is not kept
        } else {
          literal(integer(0x0f));
        }
      }
      return new HeaderBlock(status, grpcStatus);
    }

    private void indexed(int index) {
      int entry = index - FIRST_STATIC_STATUS;
      if (entry >= 0 && entry < STATIC_STATUS.length) {
        status = STATIC_STATUS[entry];
      }
    }

    private void literal(int nameIndex) throws IOException {
      int entry = nameIndex - FIRST_STATIC_STATUS;
      boolean isStatus = entry >= 0 && entry < STATIC_STATUS.length;
      boolean isGrpcStatus = nameIndex == 0 && text().isGrpcStatus();
      Text value = text();
      if (isStatus) {
        status = value.number();
      } else if (isGrpcStatus) {
        grpcStatus = value.number();
      }
    }

    private Text text() throws IOException {
      boolean isCoded = position < block.length && block[position] < 0;
      int length = integer(0x7f);
      if (length > block.length - position) {
        throw malformed();
      }
      position += length;
      return new Text(isCoded, Arrays.copyOfRange(block, position - length, position));
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

  /** A name or value. Immutable. */
  private static final class Text {
    /** Of an HTTP status and of a gRPC status there are three. */
    private static final int MAX_DIGITS = 9;

    private final boolean isCoded;
    private final byte[] bytes;

    Text(boolean isCoded, byte[] bytes) {
      this.isCoded = isCoded;
      this.bytes = bytes;
    }

    boolean isGrpcStatus() {
      return Arrays.equals(bytes, isCoded ? GRPC_STATUS_CODED : GRPC_STATUS);
    }

    /** The number that its digits make; -1 if there are none, or others. */
    int number() {
      String digits = isCoded ? decodedDigits() : new String(bytes, StandardCharsets.ISO_8859_1);
      boolean isNumber =
          !digits.isEmpty()
              && digits.length() <= MAX_DIGITS
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      return isNumber ? Integer.parseInt(digits) : -1;
    }

    /** 0 to 2 have the codes 00000 to 00010, 3 to 9 have 011001 to 011111; ones fill the end. */
    private String decodedDigits() {
      BitSet bits = new BitSet();
      for (int i = 0; i < bytes.length * 8; i++) {
        bits.set(i, ((bytes[i / 8] >> (7 - i % 8)) & 1) != 0);
      }
      StringBuilder digits = new StringBuilder();
      int end = bytes.length * 8;
      int from = 0;
      while (end - from >= 8 || (from < end && !isFilling(bits, from, end))) {
        int five = number(bits, from, 5);
        int six = number(bits, from, 6);
        boolean isShort = five <= 2;
        if (!isShort && (six < 25 || six > 31)) {
          return "";
        }
        digits.append(isShort ? five : six - 22);
        from += isShort ? 5 : 6;
      }
      return from > end ? "" : digits.toString();
    }

    private static boolean isFilling(BitSet bits, int from, int end) {
      return bits.nextClearBit(from) >= end;
    }

    private static int number(BitSet bits, int from, int count) {
      int number = 0;
      for (int i = from; i < from + count; i++) {
        number = number * 2 + (bits.get(i) ? 1 : 0);
      }
      return number;
    }
  }
}
