package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.runtime.socket.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeRedirectTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Prober.Result ANSWERED_200 =
      new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null));

  private final ProberFixture fixture = new ProberFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void redirect_toAnotherHost_isFollowed() throws Exception {
    try (ScriptedServer last = ScriptedServer.answering("HTTP/1.1 503 No\r\n\r\n");
        ScriptedServer first =
            ScriptedServer.answering(
                "HTTP/1.1 301 Moved\r\nlocation:http://localhost:%d/end?a#b\r\n\r\n"
                    .formatted(last.port()))) {
      Checks check =
          Checks.plain()
              .method("POST")
              .hostname("orders")
              .headers(Map.of("Authorization", "secret", "X", "y"));

      assertThat(fixture.probe(first.url(), check).text()).isEqualTo("probe answered 503");

      assertThat(await(last.requests))
          .isEqualTo(
              "GET /end?a HTTP/1.1\r\nHost: localhost:%d\r\n".formatted(last.port())
                  + "Connection: close\r\nUser-Agent: evenkeel\r\nX: y\r\n\r\n");
    }
  }

  @Test
  void redirect_thatIsRelative_keepsHostAndResolvesThePath() throws Exception {
    ScriptedServer.Script script =
        (request, connection) ->
            ScriptedServer.send(
                connection,
                request.startsWith("PUT /a/b ")
                    ? "HTTP/1.1 307 Moved\r\nLocation: ../c d\r\n\r\n"
                    : OK);
    try (ScriptedServer server = ScriptedServer.running(script)) {
      Checks check = Checks.plain().path("/a/b").method("PUT").hostname("orders");

      assertThat(fixture.probe(server.url(), check)).isEqualTo(ANSWERED_200);

      await(server.requests);
      assertThat(await(server.requests)).startsWith("PUT /c%20d HTTP/1.1\r\nHost: orders\r\n");
    }
  }

  @Test
  void redirect_inALoop_endsAfterTen() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")) {
      assertThat(fixture.probe(server.url(), Checks.plain()))
          .isEqualTo(new Prober.Result(false, "probe failed: more than 10 redirects"));
      assertThat(server.requests).hasSize(11);
    }
  }

  @Test
  void redirect_notToBeFollowed_isJudgedItself() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")) {
      assertThat(fixture.probe(server.url(), Checks.plain().noRedirects()))
          .isEqualTo(
              new Prober.Result(true, "probe answered 302", new Prober.Answer(302, null, null)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 302 Found\r\n\r\n", "HTTP/1.1 304 Same\r\nLocation: /\r\n\r\n"})
  void redirect_withoutATarget_isJudgedItself(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      assertThat(fixture.probe(server.url(), Checks.plain()).isHealthy()).isTrue();
    }
  }

  @Test
  void redirect_toAnotherProtocol_isUnhealthy() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 302 Found\r\nLocation: ftp://x/\r\n\r\n")) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe failed: scheme ftp (expected: http, https or h2c)");
    }
  }
}
