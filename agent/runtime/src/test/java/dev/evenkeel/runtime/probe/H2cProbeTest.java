package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.runtime.http2.H2cServer;
import dev.evenkeel.runtime.http2.H2cServer.Answer;
import dev.evenkeel.runtime.socket.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An HTTP probe of a server that speaks HTTP/2 without TLS, and nothing else. */
class H2cProbeTest {
  private final ProberFixture fixture = new ProberFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void server_byH2c_isAskedInHttp2() throws Exception {
    try (H2cServer server = new H2cServer(request -> Answer.of(204, ""))) {
      assertThat(fixture.probe(server.url(), Checks.plain()))
          .isEqualTo(
              new Prober.Result(true, "probe answered 204", new Prober.Answer(204, null, null)));

      assertThat(await(server.requests).headers())
          .containsExactlyInAnyOrder(
              ":method: GET",
              ":scheme: http",
              ":path: /health",
              ":authority: 127.0.0.1:" + server.port(),
              "user-agent: evenkeel");
    }
  }

  @Test
  void request_withHostnameMethodAndHeaders_carriesThem() throws Exception {
    Checks check =
        Checks.plain()
            .path("/a b?c=d")
            .hostname("orders:81")
            .method("POST")
            .headers(Map.of("X-Probe", " y ", "Keep-Alive", "1", "TE", "gzip", "Upgrade", "x"));
    try (H2cServer server = new H2cServer(request -> Answer.of(200, "x".repeat(10_000)))) {
      assertThat(fixture.probe(server.url(), check).isHealthy()).isTrue();

      assertThat(await(server.requests).headers())
          .containsExactlyInAnyOrder(
              ":method: POST",
              ":scheme: http",
              ":path: /a%20b?c=d",
              ":authority: orders:81",
              "content-length: 0",
              "user-agent: evenkeel",
              "x-probe: y");
    }
  }

  @Test
  void answer_withItsHeaders_isJudgedAndHandedOn() throws Exception {
    HealthCheckSpec check = Checks.plain().spec().withWeightHeader("X-Weight");
    Answer busy = Answer.of(503, "", "retry-after", "120", "x-weight", "40%");
    try (H2cServer server = new H2cServer(request -> busy)) {
      assertThat(fixture.probe(server.url(), check))
          .isEqualTo(
              new Prober.Result(false, "probe answered 503", new Prober.Answer(503, "120", "40%")));
      await(server.requests);
    }
  }

  @Test
  void redirect_relativeOrToItself_isAskedByH2cAgain() throws Exception {
    try (H2cServer server =
        new H2cServer(
            request ->
                switch (request.header(":path").get(0)) {
                  case "/health" -> Answer.of(302, "", "location", "second");
                  case "/second" ->
                      Answer.of(
                          301,
                          "",
                          "location",
                          "http://" + request.header(":authority").get(0) + "/third");
                  default -> Answer.of(200, "");
                })) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe answered 200");

      assertThat(server.requests)
          .extracting(request -> request.header(":path").get(0))
          .containsExactly("/health", "/second", "/third");
    }
  }

  @Test
  void redirect_toAnotherServer_isAskedInHttp1() throws Exception {
    try (ScriptedServer other = ScriptedServer.answering("HTTP/1.1 418 No\r\n\r\n");
        H2cServer server =
            new H2cServer(request -> Answer.of(302, "", "location", other.url() + "/x"))) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe answered 418");
      assertThat(await(other.requests)).startsWith("GET /x HTTP/1.1");
    }
  }

  @Test
  void schemeOfTheCheck_isSpokenInPlaceOfTheServers() throws Exception {
    try (H2cServer server = new H2cServer(request -> Answer.of(200, ""));
        ScriptedServer http1 = ScriptedServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {
      String url = "http://127.0.0.1:" + server.port();
      assertThat(fixture.probe(url, Checks.plain().scheme("h2c")).isHealthy()).isTrue();
      assertThat(
              fixture
                  .probe(server.url(), Checks.plain().scheme("http").port(http1.port()))
                  .isHealthy())
          .isTrue();
    }
  }

  @Test
  void server_thatSpeaksHttp1Only_isUnhealthy() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertThat(fixture.probe("h2c://127.0.0.1:" + server.port(), Checks.plain()))
          .isEqualTo(
              new Prober.Result(
                  false, "probe failed: server answered in HTTP/1 (expected: HTTP/2)"));
    }
  }
}
