package dev.evenkeel.spi;

import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Where an adapter repeats what it sends, so that mirrors get the same. First {@link #begin}, then
 * every {@link #header}, then the body as it goes out, then {@link #end}. Nothing in here blocks or
 * throws; a copy that got too large takes what it is given and keeps none of it. Not thread-safe:
 * one thread at a time, which need not be the one that the attempt ends on.
 */
public interface RequestCopy {
  /**
   * Begins the copy.
   *
   * @param method as it is sent
   * @param authority {@code host[:port]} as the {@code Host} header names the logical host, also
   *     where the server gets its own
   * @param target path and query as they are sent, percent-encoding included, but without what
   *     stands before the path at this server; starts with {@code /} even where a proxy gets an
   *     absolute URL
   */
  void begin(String method, String authority, String target);

  /** A header as it goes over the wire, in its order; those that frame the message included. */
  void header(String name, String value);

  /** Bytes of the body, before any transfer encoding. The array is not kept. */
  void body(byte[] bytes, int offset, int length);

  /** What remains in a buffer, whose position stays. */
  default void body(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      body(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      return;
    }
    ByteBuffer rest = bytes.duplicate();
    byte[] block = new byte[Math.min(rest.remaining(), 8192)];
    while (rest.hasRemaining()) {
      int length = Math.min(rest.remaining(), block.length);
      rest.get(block, 0, length);
      body(block, 0, length);
    }
  }

  /**
   * {@link #body(byte[], int, int)} as a stream, for a body that writes itself. Closing it says
   * nothing.
   */
  default OutputStream bodyStream() {
    return new BodyStream(this);
  }

  /**
   * The request has been sent whole. Never called for one that broke off. With a {@code
   * Content-Length}, its last byte says the same.
   */
  void end();
}
