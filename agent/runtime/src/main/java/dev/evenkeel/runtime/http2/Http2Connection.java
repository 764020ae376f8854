package dev.evenkeel.runtime.http2;

import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.DeadlineInput;
import dev.evenkeel.runtime.socket.ResponseHead;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/2 connection that carries one request, stream 1. What concerns the
 * connection is answered in here; who reads sees the frames of the stream. Source: RFC 9113.
 *
 * <p>The server's window is widened once, at the beginning, to all that this side wants to read, so
 * that a server cannot run out of it before this side has had enough. Not thread-safe; one per
 * request.
 */
public final class Http2Connection {
  /** Of all frames that a server sends, where nobody asks for more: the first window's size. */
  public static final int MAX_BYTES = 64 * 1024 - 1;

  static final int STREAM = 1;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** HEADER_TABLE_SIZE = 0, as none is kept; ENABLE_PUSH = 0. */
  private static final byte[] OUR_SETTINGS = {0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0};

  private final FrameInput in;
  private final OutputStream out;
  private final int maxBytes;
  private final SendWindow window = new SendWindow();

  /** Frames of the answer that came before the request was sent. */
  private final Deque<Http2Frame> early = new ArrayDeque<>();

  private boolean isAnswered;

  public Http2Connection(Socket socket, Deadline deadline) throws IOException {
    this(socket, deadline, MAX_BYTES);
  }

  /**
   * @param deadline of each read
   * @param maxBytes of all frames that the server sends
   */
  public Http2Connection(Socket socket, Deadline deadline, int maxBytes) throws IOException {
    this.in = new FrameInput(new DeadlineInput(socket, deadline), maxBytes);
    this.out = new BufferedOutputStream(socket.getOutputStream());
    this.maxBytes = maxBytes;
  }

  /** From now on reads are bounded by another. */
  public void until(Deadline deadline) {
    in.until(deadline);
  }

  /**
   * Opens the connection and sends the request, in one go: before it knows the server's settings a
   * client may rely on the defaults.
   *
   * @param content at most {@link Http2Frame#MAX_PAYLOAD_BYTES}
   */
  public void send(byte[] headerBlock, byte[] content) throws IOException {
    open(headerBlock, 0);
    write(new Http2Frame(Http2Frame.DATA, Http2Frame.END_STREAM, STREAM, content));
    out.flush();
  }

  /** The same, for a request without a body. */
  public void send(byte[] headerBlock) throws IOException {
    open(headerBlock, Http2Frame.END_STREAM);
    out.flush();
  }

  /**
   * Opens the connection and begins a request.
   *
   * @return takes the body, as fast as the server does; its end is the request's
   */
  public OutputStream begin(byte[] headerBlock) throws IOException {
    open(headerBlock, 0);
    return new Body();
  }

  private void open(byte[] headerBlock, int flags) throws IOException {
    out.write(PREFACE);
    greet();
    int type = Http2Frame.HEADERS;
    int from = 0;
    do {
      int to = Math.min(headerBlock.length, from + Http2Frame.MAX_PAYLOAD_BYTES);
      int end = to == headerBlock.length ? Http2Frame.END_HEADERS : 0;
      byte[] part = Arrays.copyOfRange(headerBlock, from, to);
      boolean isFirst = type == Http2Frame.HEADERS;
      write(new Http2Frame(type, isFirst ? end | flags : end, STREAM, part));
      type = Http2Frame.CONTINUATION;
      from = to;
    } while (from < headerBlock.length);
  }

  private void greet() throws IOException {
    if (maxBytes <= MAX_BYTES) {
      write(new Http2Frame(Http2Frame.SETTINGS, 0, 0, OUR_SETTINGS));
      return;
    }
    byte[] settings =
        ByteBuffer.allocate(OUR_SETTINGS.length + 6)
            .put(OUR_SETTINGS)
            .putShort((short) SendWindow.INITIAL_WINDOW_SIZE)
            .putInt(maxBytes)
            .array();
    byte[] more = ByteBuffer.allocate(4).putInt(maxBytes - MAX_BYTES).array();
    write(new Http2Frame(Http2Frame.SETTINGS, 0, 0, settings));
    write(new Http2Frame(Http2Frame.WINDOW_UPDATE, 0, 0, more));
  }

  /**
   * The final response's status and headers; those of interim ones are passed over.
   *
   * @throws IOException as {@link #next}, or if that is no response
   */
  public ResponseHead head() throws IOException {
    while (true) {
      Http2Frame first = next();
      HeaderBlock block = headers(first);
      if (block.status() >= 200) {
        isAnswered = first.has(Http2Frame.END_STREAM);
        return new ResponseHead(block.status(), block.headers());
      }
      // There is no 101 in HTTP/2 (RFC 9113, section 8.6): it would be waited out.
      if (block.status() < 100 || block.status() == 101 || first.has(Http2Frame.END_STREAM)) {
        throw new IOException("HTTP/2 response without a status");
      }
    }
  }

  /** After the head: reads the body, and keeps nothing; of a longer one so many bytes of frames. */
  public void skipBody(long limitBytes) throws IOException {
    long left = limitBytes;
    while (!isAnswered && left > 0) {
      Http2Frame frame = next();
      left -= Http2Frame.HEAD_BYTES + frame.payload().length;
      isAnswered = isLast(frame);
    }
  }

  /** The fields of the block that a frame begins. */
  public HeaderBlock headers(Http2Frame first) throws IOException {
    if (first.type() != Http2Frame.HEADERS) {
      throw new IOException("HTTP/2 headers that continue nothing");
    }
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(first.content());
    for (Http2Frame part = first; !part.has(Http2Frame.END_HEADERS); ) {
      part = next();
      if (part.type() != Http2Frame.CONTINUATION) {
        throw new IOException("HTTP/2 headers that break off");
      }
      block.writeBytes(part.payload());
    }
    return HeaderBlock.decode(block.toByteArray());
  }

  /**
   * The next frame of the stream: DATA, HEADERS or CONTINUATION.
   *
   * @throws IOException if the server ends the stream or the connection, or sends no HTTP/2
   */
  public Http2Frame next() throws IOException {
    Http2Frame frame = early.poll();
    while (frame == null) {
      frame = received(in.next());
    }
    return frame;
  }

  /** Null for a frame that concerns the connection. */
  private @Nullable Http2Frame received(Http2Frame frame) throws IOException {
    switch (frame.type()) {
      case Http2Frame.DATA, Http2Frame.HEADERS, Http2Frame.CONTINUATION -> {
        return ofOurStream(frame);
      }
      case Http2Frame.SETTINGS -> {
        window.apply(frame);
        acknowledge(frame, new byte[0]);
      }
      case Http2Frame.WINDOW_UPDATE -> window.widen(frame);
      case Http2Frame.PING -> acknowledge(frame, frame.payload());
      case Http2Frame.RST_STREAM ->
          throw new IOException("server reset the stream: " + ofOurStream(frame).error(0));
      case Http2Frame.GOAWAY -> requireStillServed(frame);
      case Http2Frame.PUSH_PROMISE -> throw new IOException("HTTP/2 push that is not allowed");
      default -> {
        // nothing for this side to do: unknown types are to be ignored
      }
    }
    return null;
  }

  /** Says goodbye, which spares the server a message about a connection that broke off. */
  public void end() {
    try {
      write(new Http2Frame(Http2Frame.GOAWAY, 0, 0, new byte[8]));
      out.flush();
    } catch (IOException e) {
      // the answer is there, and the server gone
    }
  }

  private void acknowledge(Http2Frame frame, byte[] payload) throws IOException {
    if (!frame.has(Http2Frame.ACK)) {
      write(new Http2Frame(frame.type(), Http2Frame.ACK, 0, payload));
      out.flush();
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

  /** A CONTINUATION has no such flag. */
  private static boolean isLast(Http2Frame frame) {
    return frame.type() != Http2Frame.CONTINUATION && frame.has(Http2Frame.END_STREAM);
  }

  private void write(Http2Frame frame) throws IOException {
    out.write(frame.encode());
  }

  /** What is written goes in frames, as far as the windows reach. Not thread-safe. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    /** Of a request that is answered already nobody wants the rest. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int end = offset + length;
      for (int from = offset; from < end && !isAnswered; ) {
        int count =
            Math.min(window.available(), Math.min(end - from, Http2Frame.MAX_PAYLOAD_BYTES));
        if (count == 0) {
          awaitWindow();
        } else {
          byte[] part = Arrays.copyOfRange(bytes, from, from + count);
          Http2Connection.this.write(new Http2Frame(Http2Frame.DATA, 0, STREAM, part));
          window.take(count);
          from += count;
        }
      }
    }

    private void awaitWindow() throws IOException {
      out.flush();
      Http2Frame frame = received(in.next());
      if (frame != null) {
        early.add(frame);
        isAnswered |= isLast(frame);
      }
    }

    @Override
    public void close() throws IOException {
      if (!isAnswered) {
        int end = Http2Frame.END_STREAM;
        Http2Connection.this.write(new Http2Frame(Http2Frame.DATA, end, STREAM));
      }
      out.flush();
    }
  }
}
