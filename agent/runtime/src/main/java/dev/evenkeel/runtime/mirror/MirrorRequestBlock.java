package dev.evenkeel.runtime.mirror;

import dev.evenkeel.balancer.mirror.MirroredRequest;
import dev.evenkeel.runtime.http2.HeaderBlock;
import dev.evenkeel.runtime.http2.Http2Connection;
import dev.evenkeel.spi.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** A mirrored request as HTTP/2 has it (RFC 9113, section 8.3.1). Immutable. */
final class MirrorRequestBlock {
  private MirrorRequestBlock() {}

  static void send(MirroredRequest request, Server server, Http2Connection connection)
      throws IOException {
    boolean hasBody = request.isChunked() || request.contentLength() > 0;
    if (!hasBody) {
      connection.send(headers(request, server));
      return;
    }
    try (OutputStream body = connection.begin(headers(request, server))) {
      request.writeBody(body);
    }
  }

  private static byte[] headers(MirroredRequest request, Server server) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    String authority = server.isHostHeaderPassed() ? request.authority() : server.authority();
    HeaderBlock.append(block, ":method", request.method());
    HeaderBlock.append(block, ":scheme", server.scheme());
    HeaderBlock.append(block, ":path", server.at(request.target()));
    HeaderBlock.append(block, ":authority", authority);
    request.headers((name, value) -> add(block, name, value));
    if (!request.isChunked() && request.contentLength() >= 0) {
      HeaderBlock.append(block, "content-length", Long.toString(request.contentLength()));
    }
    if (isGrpc(request)) {
      // Of one connection, so no mirror gets it from the request; but gRPC asks for it.
      HeaderBlock.append(block, "te", "trailers");
    }
    return block.toByteArray();
  }

  /** No value begins or ends with a blank in HTTP/2 (section 8.2.1), as one may in HTTP/1.1. */
  private static void add(ByteArrayOutputStream block, String name, String value) {
    String sent = MirrorRequestText.oneLine(name, value).strip();
    HeaderBlock.append(block, name.toLowerCase(Locale.ROOT), sent);
  }

  private static boolean isGrpc(MirroredRequest request) {
    String type = request.header("content-type");
    return type != null && type.startsWith("application/grpc");
  }
}
