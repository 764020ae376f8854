package dev.evenkeel.runtime.probe;

import java.io.IOException;

/**
 * Reads the fields of a Protocol Buffers message. Source: the format's public description of its
 * encoding. Not thread-safe; one per message.
 */
final class ProtobufInput {
  static final int VARINT = 0;

  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] message;
  private int position;

  ProtobufInput(byte[] message, int position) {
    this.message = message;
    this.position = position;
  }

  /** How many bytes are left; not positive at the end. */
  int remaining() {
    return message.length - position;
  }

  long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      advance(1);
      byte next = message[position - 1];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  /** Passes over a field's value. */
  void skip(int wireType) throws IOException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case BYTES -> advance(varint());
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw malformed(); // groups are not in use any more
    }
  }

  private void advance(long count) throws IOException {
    if (count < 0 || count > remaining()) {
      throw malformed();
    }
    position += (int) count;
  }

  private static IOException malformed() {
    return new IOException("malformed gRPC message");
  }
}
