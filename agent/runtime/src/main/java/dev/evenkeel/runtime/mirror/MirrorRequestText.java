package dev.evenkeel.runtime.mirror;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.balancer.mirror.MirroredRequest;
import dev.evenkeel.spi.Server;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A mirrored request as HTTP/1.1 has it (RFC 9112), for a connection of its own. Immutable. */
final class MirrorRequestText {
  private static final byte[] LINE_END = {'\r', '\n'};

  private MirrorRequestText() {}

  static void write(MirroredRequest request, Server server, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out);
    buffered.write(head(request, server).getBytes(UTF_8));
    if (request.isChunked()) {
      request.writeBody(new Chunks(buffered));
      buffered.write("0\r\n\r\n".getBytes(US_ASCII));
    } else {
      request.writeBody(buffered);
    }
    buffered.flush();
  }

  private static String head(MirroredRequest request, Server server) {
    StringBuilder text = new StringBuilder();
    String target = server.at(request.target());
    text.append(request.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
    add(text, "Host", server.isHostHeaderPassed() ? request.authority() : server.authority());
    request.headers((name, value) -> add(text, name, value));
    if (request.isChunked()) {
      add(text, "Transfer-Encoding", "chunked");
    } else if (request.contentLength() >= 0) {
      add(text, "Content-Length", Long.toString(request.contentLength()));
    }
    add(text, "Connection", "close");
    return text.append("\r\n").toString();
  }

  private static void add(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(oneLine(name, value)).append("\r\n");
  }

  /** What the client sent has no line break; a header that has one is a fault of an adapter's. */
  static String oneLine(String name, String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("header " + name + " (expected: one line)");
    }
    return value;
  }

  /** Makes each write a chunk. Not thread-safe. */
  private static final class Chunks extends OutputStream {
    private final OutputStream out;

    Chunks(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) { // an empty chunk would end the body
        out.write(Integer.toHexString(length).getBytes(US_ASCII));
        out.write(LINE_END);
        out.write(bytes, offset, length);
        out.write(LINE_END);
      }
    }
  }
}
