package dev.evenkeel.runtime.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.runtime.http2.H2cServer;
import dev.evenkeel.runtime.http2.H2cServer.Answer;
import dev.evenkeel.runtime.http2.H2cServer.Request;
import dev.evenkeel.runtime.socket.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies to a mirror that speaks HTTP/2 without TLS, and nothing else. */
class H2cMirrorTest {
  private final MirrorRig rig =
      new MirrorRig(
          () -> {
            throw new AssertionError("TLS was not asked for");
          },
          new MirrorBudget(4 << 20, 100));

  @AfterEach
  void close() {
    rig.close();
  }

  private ServerView mirror() {
    return rig.view("shadow").servers().get(0);
  }

  @Test
  void request_withABody_arrivesAsItWasSent() throws Exception {
    try (H2cServer server = new H2cServer(request -> Answer.of(200, "x".repeat(100_000)))) {
      rig.mirrorTo(server.url() + "/dropped");

      rig.call(
          "POST /a%2Fb?c=%20",
          "b\u00f6dy\r\n",
          "X-One: 1",
          "Content-Length: 6",
          "Connection: keep-alive",
          "X-One: 2 ",
          "Cookie: a=b",
          "TE: trailers");
      rig.awaitDone(1);

      Request copy = server.requests.remove();
      assertThat(copy.headers())
          .containsExactly(
              ":method: POST",
              ":scheme: http",
              ":path: /a%2Fb?c=%20",
              ":authority: orders:81",
              "x-one: 1",
              "x-one: 2",
              "cookie: a=b",
              "content-length: 6");
      assertThat(copy.body()).isEqualTo("b\u00f6dy\r\n");
      assertThat(mirror().calls()).isEqualTo(1);
      assertThat(mirror().failures()).isZero();
      assertThat(mirror().url()).isEqualTo(server.url() + "/dropped");
    }
  }

  @Test
  void request_withoutABody_hasNone() throws Exception {
    try (H2cServer server = new H2cServer(request -> Answer.of(204, ""))) {
      rig.mirrorTo(false, server.url());

      rig.call("GET /", "");
      rig.awaitDone(1);

      assertThat(server.requests.remove().headers())
          .containsExactly(
              ":method: GET",
              ":scheme: http",
              ":path: /",
              ":authority: 127.0.0.1:" + server.port());
      assertThat(mirror().failures()).isZero();
    }
  }

  @Test
  void body_longerThanTheServersWindows_arrivesWhole() throws Exception {
    String body = "0123456789".repeat(100_000);
    try (H2cServer server = new H2cServer(request -> Answer.of(200, ""))) {
      rig.mirrorTo(server.url());

      rig.call("PUT /", body, "Transfer-Encoding: chunked");
      rig.awaitDone(1);

      Request copy = server.requests.remove();
      assertThat(copy.body()).isEqualTo(body);
      assertThat(copy.header("content-length")).isEmpty();
      assertThat(mirror().failures()).isZero();
    }
  }

  @Test
  void request_ofGrpc_asksForTrailers() throws Exception {
    try (H2cServer server = new H2cServer(request -> Answer.of(200, ""))) {
      rig.mirrorTo(server.url());

      rig.call("POST /", "12345", "TE: trailers", "Content-Type: application/grpc+proto");
      rig.awaitDone(1);

      assertThat(server.requests.remove().header("te")).containsExactly("trailers");
    }
  }

  @Test
  void answer_longerThanAnybodyReads_isNotReadToItsEnd() throws Exception {
    try (H2cServer server = new H2cServer(request -> Answer.of(200, "x".repeat(3 << 20)))) {
      rig.mirrorTo(server.url());

      rig.call("GET /", "");
      rig.awaitDone(1);

      assertThat(server.requests).hasSize(1);
      assertThat(mirror().failures()).isZero();
    }
  }

  @Test
  void server_thatSpeaksHttp1Only_hasFailed() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      rig.mirrorTo("h2c://127.0.0.1:" + server.port());

      rig.call("GET /", "");
      rig.awaitDone(1);

      assertThat(mirror().failures()).isEqualTo(1);
    }
  }
}
