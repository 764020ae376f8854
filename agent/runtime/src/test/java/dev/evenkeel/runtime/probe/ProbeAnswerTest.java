package dev.evenkeel.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.socket.ResponseHead;
import dev.evenkeel.runtime.socket.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeAnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Prober.Result ANSWERED_200 =
      new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null));

  private final ProberFixture fixture = new ProberFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({
    "200, 0, true",
    "204, 0, true",
    "399, 0, true",
    "400, 0, false",
    "503, 0, false",
    "404, 404, true",
    "999, 999, true",
    "101, 101, true",
    "101, 0, false"
  })
  void status_byTheRule_isTheVerdict(int answered, int expected, boolean isHealthy)
      throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 " + answered + " Some Reason\r\n\r\n")) {
      assertThat(fixture.probe(server.url(), Checks.plain().status(expected)))
          .isEqualTo(
              new Prober.Result(
                  isHealthy,
                  "probe answered " + answered,
                  new Prober.Answer(answered, null, null)));
    }
  }

  @Test
  void status_otherThanTheOneNamed_saysWhatWasExpected() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      assertThat(fixture.probe(server.url(), Checks.plain().status(204)))
          .isEqualTo(
              new Prober.Result(
                  false, "probe answered 200 (expected: 204)", new Prober.Answer(200, null, null)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "HTTP/1.1 2000\r\n\r\n",
        "HTTP/1.1 099 x\r\n\r\n",
        " HTTP/1.1 200 OK\r\n\r\n"
      })
  void answer_thatIsNotHttp_isUnhealthy(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      assertThat(fixture.probe(server.url(), Checks.plain()))
          .isEqualTo(new Prober.Result(false, "probe failed: not an HTTP/1.1 response"));
    }
  }

  @Test
  void headers_thatSaySomethingOfTheServer_areHandedOn() throws Exception {
    String answer =
        "HTTP/1.1 429 Busy\r\nretry-after:  7 \r\nX-WEIGHT: 50%\r\nx-weight: 10%\r\n\r\n";
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      fixture.prober.probe(
          ServerSpec.of(server.url(), 1),
          Checks.plain().spec().withWeightHeader("X-Weight"),
          fixture.results::add);

      assertThat(ProberFixture.await(fixture.results).answer())
          .isEqualTo(new Prober.Answer(429, "7", "50%"));
    }
  }

  @Test
  void header_thatIsMalformed_isUnhealthy() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe failed: malformed response header");
    }
  }

  @Test
  void answer_withBareLineFeeds_isRead() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.0 200\nA: \u0085b\n\n")) {
      assertThat(fixture.probe(server.url(), Checks.plain())).isEqualTo(ANSWERED_200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n"})
  void answer_thatEndsEarly_isUnhealthy(String answer) throws Exception {
    ScriptedServer.Script halfClose =
        (request, connection) -> {
          ScriptedServer.send(connection, answer);
          connection.shutdownOutput();
          connection.getInputStream().read();
        };
    try (ScriptedServer server = ScriptedServer.running(halfClose)) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe failed: connection closed before the end of the response's headers");
    }
  }

  @Test
  void head_atTheLimit_isReadAndAboveItRefused() throws Exception {
    String frame = "HTTP/1.1 200 OK\r\nX: \r\n\r\n";
    String filler = "x".repeat(ResponseHead.MAX_BYTES - frame.length());
    ScriptedServer.Script script =
        (request, connection) -> {
          String more = request.startsWith("GET /more") ? "x" : "";
          ScriptedServer.send(connection, "HTTP/1.1 200 OK\r\nX: " + filler + more + "\r\n\r\n");
        };
    try (ScriptedServer server = ScriptedServer.running(script)) {
      assertThat(fixture.probe(server.url(), Checks.plain())).isEqualTo(ANSWERED_200);
      assertThat(fixture.probe(server.url(), Checks.plain().path("/more")).text())
          .isEqualTo("probe failed: response head longer than 65536 bytes");
    }
  }

  @Test
  void head_withoutEnd_isRefused() throws Exception {
    ScriptedServer.Script endless =
        (request, connection) -> {
          while (true) { // until the client is gone
            ScriptedServer.send(connection, "HTTP/1.1 100 Continue\r\n\r\n");
          }
        };
    try (ScriptedServer server = ScriptedServer.running(endless)) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe failed: response head longer than 65536 bytes");
    }
  }

  @Test
  void interimResponses_beforeTheFinalOne_arePassedOver() throws Exception {
    String answer =
        ScriptedServer.head("HTTP/1.1 100 Continue")
            + ScriptedServer.head("HTTP/1.1 103 Early Hints", "Link: x")
            + ScriptedServer.head("HTTP/1.1 503 No");
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe answered 503");
    }
  }
}
