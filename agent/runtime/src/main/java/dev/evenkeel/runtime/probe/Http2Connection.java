package dev.evenkeel.runtime.probe;

import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.DeadlineInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The client's side of an HTTP/2 connection that carries one request, stream 1. What concerns the
 * connection is answered in here; who reads sees the frames of the stream. Source: RFC 9113.
 *
 * <p>No window is ever widened: the first one, 65,535 bytes, is more than {@link #MAX_BYTES}, so
 * that a server cannot run out of it before this side has had enough. Confined to one probe thread.
 */
final class Http2Connection {
  /** Of all frames that a server sends. */
  static final int MAX_BYTES = 64 * 1024 - 1;

  static final int STREAM = 1;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** ENABLE_PUSH = 0. */
  private static final byte[] OUR_SETTINGS = {0, 2, 0, 0, 0, 0};

  private final DeadlineInput in;
  private final OutputStream out;
  private boolean isGreeted;
  private int bytes;

  Http2Connection(Socket socket, Deadline deadline) throws IOException {
    this.in = new DeadlineInput(socket, deadline);
    this.out = socket.getOutputStream();
  }

  /**
   * Opens the connection and sends the request, in one go: before it knows the server's settings a
   * client may rely on the defaults.
   */
  void send(byte[] headerBlock, byte[] content) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(PREFACE);
    sent.writeBytes(new Http2Frame(Http2Frame.SETTINGS, 0, 0, OUR_SETTINGS).encode());
    int type = Http2Frame.HEADERS;
    int from = 0;
    do {
      int to = Math.min(headerBlock.length, from + Http2Frame.MAX_PAYLOAD_BYTES);
      int flags = to == headerBlock.length ? Http2Frame.END_HEADERS : 0;
      byte[] part = Arrays.copyOfRange(headerBlock, from, to);
      sent.writeBytes(new Http2Frame(type, flags, STREAM, part).encode());
      type = Http2Frame.CONTINUATION;
      from = to;
    } while (from < headerBlock.length);
    sent.writeBytes(
        new Http2Frame(Http2Frame.DATA, Http2Frame.END_STREAM, STREAM, content).encode());
    write(sent.toByteArray());
  }

  /**
   * The next frame of the stream: DATA, HEADERS or CONTINUATION.
   *
   * @throws IOException if the server ends the stream or the connection, or sends no HTTP/2
   */
  Http2Frame next() throws IOException {
    while (true) {
      Http2Frame frame = read();
      switch (frame.type()) {
        case Http2Frame.DATA, Http2Frame.HEADERS, Http2Frame.CONTINUATION -> {
          return ofOurStream(frame);
        }
        case Http2Frame.SETTINGS -> acknowledge(frame, new byte[0]);
        case Http2Frame.PING -> acknowledge(frame, frame.payload());
        case Http2Frame.RST_STREAM ->
            throw new IOException("server reset the stream: " + ofOurStream(frame).error(0));
        case Http2Frame.GOAWAY -> requireStillServed(frame);
        case Http2Frame.PUSH_PROMISE -> throw new IOException("HTTP/2 push that is not allowed");
        default -> {
          // nothing for this side to do: windows are wide enough, unknown types are to be ignored
        }
      }
    }
  }

  /** Says goodbye, which spares the server a message about a connection that broke off. */
  void end() {
    try {
      write(new Http2Frame(Http2Frame.GOAWAY, 0, 0, new byte[8]).encode());
    } catch (IOException e) {
      // the answer is there, and the server gone
    }
  }

  private Http2Frame read() throws IOException {
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
    if (++bytes > MAX_BYTES) {
      throw new IOException("answer longer than " + MAX_BYTES + " bytes");
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

  private void acknowledge(Http2Frame frame, byte[] payload) throws IOException {
    if (!frame.has(Http2Frame.ACK)) {
      write(new Http2Frame(frame.type(), Http2Frame.ACK, 0, payload).encode());
    }
  }

  /** A server that is about to stop still answers the streams up to the one it names. */
  private static void requireStillServed(Http2Frame frame) throws IOException {
    String error = frame.error(4);
    boolean isServed = (frame.number(0) & Integer.MAX_VALUE) >= STREAM;
    if (!isServed || !error.equals("NO_ERROR")) {
      int debugBytes = frame.payload().length - 8;
      String debug = new String(frame.payload(), 8, debugBytes, StandardCharsets.ISO_8859_1);
      throw new IOException(
          "server ended the connection: " + error + (debug.isEmpty() ? "" : " " + debug));
    }
  }

  private static Http2Frame ofOurStream(Http2Frame frame) throws IOException {
    if (frame.stream() != STREAM) {
      throw new IOException("HTTP/2 frame of stream " + frame.stream() + " that nobody opened");
    }
    return frame;
  }

  private void write(byte[] encoded) throws IOException {
    out.write(encoded);
    out.flush();
  }
}
