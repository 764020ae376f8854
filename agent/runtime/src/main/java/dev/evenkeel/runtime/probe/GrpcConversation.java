package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.http2.HeaderBlock;
import dev.evenkeel.runtime.http2.Http2Connection;
import dev.evenkeel.runtime.http2.Http2Frame;
import dev.evenkeel.runtime.socket.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;

/**
 * One call of {@code grpc.health.v1.Health/Check} for the server as a whole. Sources: Traefik's
 * health check in gRPC mode, gRPC's descriptions of health checking and of its protocol over
 * HTTP/2. Other than with Traefik, {@code https} is possible. Confined to one probe thread.
 */
final class GrpcConversation {
  private static final String PATH = "/grpc.health.v1.Health/Check";

  /** A message of no bytes, not compressed: the service's name is empty. */
  private static final byte[] EMPTY_MESSAGE = new byte[5];

  /** A timeout has at most eight digits. */
  private static final int MAX_TIMEOUT_MILLIS = 99_999_999;

  /** Set by the probe itself. */
  private static final Set<String> OWN = Set.of("te", "content-type", "grpc-timeout");

  private final HealthCheckSpec check;
  private final Deadline deadline;
  private final ProbeConnector connector;

  GrpcConversation(HealthCheckSpec check, Deadline deadline, ProbeConnector connector) {
    this.check = check;
    this.deadline = deadline;
    this.connector = connector;
  }

  GrpcAnswer ask(ServerSpec server) throws IOException, GeneralSecurityException {
    ProbeTarget target = target(server);
    Socket connected = connector.connect(target, "h2");
    Http2Connection connection = new Http2Connection(connected, deadline);
    connection.send(headers(target), EMPTY_MESSAGE);
    GrpcAnswer answer = answer(connection);
    connection.end();
    return answer;
  }

  /**
   * Traefik, too, dials in plain without a scheme: a port of the check's own may be a plain one.
   */
  private ProbeTarget target(ServerSpec server) {
    String scheme = check.scheme();
    boolean isTls =
        scheme == null
            ? server.scheme().equals("https") && check.port() == 0
            : scheme.equals("https");
    int port = check.port() == 0 ? ProbeTarget.portOf(server) : check.port();
    return new ProbeTarget(isTls ? "https" : "http", server.host(), port, PATH, null);
  }

  private byte[] headers(ProbeTarget target) throws IOException {
    ProbeRequest request = ProbeRequest.of(check);
    String host = request.host();
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    HeaderBlock.append(block, ":method", "POST");
    HeaderBlock.append(block, ":scheme", target.scheme());
    HeaderBlock.append(block, ":path", target.path());
    HeaderBlock.append(block, ":authority", host == null ? target.authority() : host);
    HeaderBlock.append(block, "content-type", "application/grpc");
    HeaderBlock.append(block, "te", "trailers");
    HeaderBlock.append(block, "grpc-timeout", timeout());
    for (Map.Entry<String, String> header : request.http2Headers().entrySet()) {
      if (!OWN.contains(header.getKey())) {
        HeaderBlock.append(block, header.getKey(), header.getValue());
      }
    }
    return block.toByteArray();
  }

  private String timeout() throws IOException {
    int millis = deadline.remainingMillis();
    return millis <= MAX_TIMEOUT_MILLIS ? millis + "m" : millis / 1000 + "S";
  }

  private static GrpcAnswer answer(Http2Connection connection) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int grpcStatus = -1;
    while (true) {
      Http2Frame frame = connection.next();
      if (frame.type() == Http2Frame.DATA) {
        content.writeBytes(frame.content());
      } else {
        HeaderBlock headers = connection.headers(frame);
        boolean isInterim = headers.status() >= 100 && headers.status() < 200;
        if (!isInterim && GrpcAnswer.isOtherThanGrpc(headers.status())) {
          return GrpcAnswer.ofHttpStatus(headers.status());
        }
        grpcStatus = headers.grpcStatus();
      }
      if (frame.has(Http2Frame.END_STREAM)) {
        return GrpcAnswer.of(grpcStatus, content.toByteArray());
      }
    }
  }
}
