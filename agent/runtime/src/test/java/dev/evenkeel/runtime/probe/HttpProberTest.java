package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.runtime.socket.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProberTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Prober.Result ANSWERED_200 =
      new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null));

  private final ProberFixture fixture = new ProberFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void request_byDefault_asksThePathAndClosesAfterwards() throws Exception {
    try (ScriptedServer server = ScriptedServer.answeringAndWaiting(OK)) {
      assertThat(fixture.probe(server.url(), Checks.plain().path("/health?x=1")))
          .isEqualTo(ANSWERED_200);

      assertThat(await(server.requests))
          .isEqualTo(
              "GET /health?x=1 HTTP/1.1\r\n"
                  + "Host: 127.0.0.1:%d\r\n".formatted(server.port())
                  + "Connection: close\r\nUser-Agent: evenkeel\r\n\r\n");
      await(server.closedByClient);
    }
  }

  @Test
  void request_withHostnameMethodAndHeaders_carriesThem() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      Checks check =
          Checks.plain()
              .method("POST")
              .hostname("orders.example")
              .headers(Map.of("X-Probe", "a b", "hOST", "evil", "user-agent", "mine"));

      assertThat(fixture.probe(server.url(), check)).isEqualTo(ANSWERED_200);

      assertThat(await(server.requests))
          .isEqualTo(
              ScriptedServer.head(
                  "POST /health HTTP/1.1",
                  "Host: orders.example",
                  "Connection: close",
                  "Content-Length: 0",
                  "User-Agent: mine",
                  "X-Probe: a b"));
    }
  }

  @Test
  void port_ofTheCheck_isAskedInPlaceOfTheServers() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      assertThat(fixture.probe("http://localhost:1", Checks.plain().port(server.port())))
          .isEqualTo(ANSWERED_200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad method", "a\r\nb"})
  void method_thatCannotBeSent_isUnhealthy(String method) throws Exception {
    Prober.Result result = fixture.probe("http://127.0.0.1:1", Checks.plain().method(method));

    assertThat(result.isHealthy()).isFalse();
    assertThat(result.text()).startsWith("probe failed: healthCheck.method");
  }

  @Test
  void header_thatWouldBreakTheRequest_isUnhealthy() throws Exception {
    Checks check = Checks.plain().headers(Map.of("X", "a\r\nHost: b"));

    assertThat(fixture.probe("http://127.0.0.1:1", check).text())
        .isEqualTo("probe failed: healthCheck.headers.X (expected: no control characters)");
  }

  @Test
  void connection_refused_isUnhealthy() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }

    assertThat(fixture.probe("http://127.0.0.1:" + port, Checks.plain()))
        .isEqualTo(new Prober.Result(false, "probe failed: Connection refused"));
  }

  @Test
  void name_thatIsUnknown_isUnhealthy() throws Exception {
    assertThat(fixture.probe("http://nowhere.invalid", Checks.plain()).text())
        .startsWith("probe failed: unknown host nowhere.invalid");
  }
}
