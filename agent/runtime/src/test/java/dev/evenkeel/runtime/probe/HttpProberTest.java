package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProberTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Prober.Result ANSWERED_200 = new Prober.Result(true, "probe answered 200");
  private static final Prober.Result TIMED_OUT =
      new Prober.Result(false, "probe timed out after 5s");

  private final AtomicLong nanos = new AtomicLong();
  private ProberFixture fixture = new ProberFixture();

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
          .isEqualTo(new Prober.Result(isHealthy, "probe answered " + answered));
    }
  }

  @Test
  void status_otherThanTheOneNamed_saysWhatWasExpected() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      assertThat(fixture.probe(server.url(), Checks.plain().status(204)))
          .isEqualTo(new Prober.Result(false, "probe answered 200 (expected: 204)"));
    }
  }

  @Test
  void request_byDefault_asksThePathAndClosesAfterwards() throws Exception {
    try (ScriptedServer server = keepingOpen()) {
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
              head(
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

  @Test
  void server_thatIsSilent_timesOutByTheReadsOwnLimit() throws Exception {
    try (ScriptedServer server = silent()) {
      assertThat(fixture.probe(server.url(), Checks.plain().timeout(Duration.ofMillis(150))))
          .isEqualTo(new Prober.Result(false, "probe timed out after 150ms"));
      await(server.closedByClient);
    }
  }

  @Test
  void server_thatIsSilent_isCutAtTheDeadlineFromOutside() throws Exception {
    try (ScriptedServer server = silent()) {
      fixture.start(server.url(), Checks.plain());
      await(server.requests);
      assertThat(fixture.loop.scheduled.values()).containsExactly(Duration.ofSeconds(5));

      fixture.loop.fire();

      assertThat(await(fixture.results)).isEqualTo(TIMED_OUT);
      await(server.closedByClient);
    }
  }

  @Test
  void server_thatSendsAByteASecond_doesNotOutliveTheDeadline() throws Exception {
    useManualTicker();
    ScriptedServer.Script drip =
        (request, connection) -> {
          ScriptedServer.send(connection, "HTTP/1.1 200 OK\r\nX: ");
          while (true) { // until the client is gone
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            ScriptedServer.send(connection, "a");
          }
        };
    try (ScriptedServer server = ScriptedServer.running(drip)) {
      assertThat(fixture.probe(server.url(), Checks.plain())).isEqualTo(TIMED_OUT);
      await(server.closedByClient);
    }
  }

  @Test
  void redirects_thatTakeTooLongTogether_timeOut() throws Exception {
    useManualTicker();
    ScriptedServer.Script slowRedirect =
        (request, connection) -> {
          nanos.addAndGet(Duration.ofSeconds(2).toNanos());
          ScriptedServer.send(connection, "HTTP/1.1 302 Found\r\nLocation: /on\r\n\r\n");
        };
    try (ScriptedServer server = ScriptedServer.running(slowRedirect)) {
      assertThat(fixture.probe(server.url(), Checks.plain())).isEqualTo(TIMED_OUT);
      assertThat(server.requests).hasSizeBetween(2, 3);
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
        head("HTTP/1.1 100 Continue")
            + head("HTTP/1.1 103 Early Hints", "Link: x")
            + head("HTTP/1.1 503 No");
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      assertThat(fixture.probe(server.url(), Checks.plain()).text())
          .isEqualTo("probe answered 503");
    }
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
          .isEqualTo(new Prober.Result(true, "probe answered 302"));
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
          .isEqualTo("probe failed: scheme ftp (expected: http or https)");
    }
  }

  @Test
  void cancel_whileTheServerIsSilent_closesAndCallsNobody() throws Exception {
    try (ScriptedServer server = silent()) {
      ControlLoop.Cancellable probe = fixture.start(server.url(), Checks.plain());
      await(server.requests);

      probe.cancel();
      probe.cancel();

      await(server.closedByClient);
    } // the fixture then proves that there is no result
  }

  @Test
  void cancel_afterTheResult_hasNoEffect() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      ControlLoop.Cancellable probe = fixture.start(server.url(), Checks.plain());
      assertThat(await(fixture.results)).isEqualTo(ANSWERED_200);

      probe.cancel();
    }
  }

  @Test
  void cancel_beforeAThreadIsFree_sendsNothing() throws Exception {
    try (ScriptedServer busy = silent();
        ScriptedServer never = ScriptedServer.answering(OK)) {
      List<ControlLoop.Cancellable> running = new ArrayList<>();
      for (int i = 0; i < HttpProber.MAX_THREADS; i++) {
        running.add(fixture.start(busy.url(), Checks.plain()));
        await(busy.requests);
      }
      ControlLoop.Cancellable waiting = fixture.start(never.url(), Checks.plain());

      waiting.cancel();
      running.forEach(ControlLoop.Cancellable::cancel);
      fixture.close();

      assertThat(never.requests).isEmpty();
    }
  }

  @Test
  void probes_moreThanThreads_allGetTheirOwnResult() throws Exception {
    Set<String> threads = new HashSet<>();
    CountDownLatch finished = new CountDownLatch(300);
    ScriptedServer.Script echo =
        (request, connection) -> {
          String status = request.substring("GET /".length(), "GET /".length() + 3);
          ScriptedServer.send(connection, "HTTP/1.1 " + status + "\r\n\r\n");
        };
    List<String> wrong = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.running(echo)) {
      for (int i = 0; i < 300; i++) {
        int status = 200 + i;
        fixture.prober.probe(
            ServerSpec.of(server.url(), 1),
            Checks.plain().path("/" + status).timeout(Duration.ofMinutes(1)).spec(),
            result -> {
              synchronized (threads) {
                threads.add(Thread.currentThread().getName());
                if (!result.equals(new Prober.Result(status < 400, "probe answered " + status))) {
                  wrong.add(status + ": " + result);
                }
              }
              finished.countDown();
            });
      }
      finished.await();
    }

    assertThat(wrong).isEmpty();
    assertThat(threads)
        .hasSizeLessThanOrEqualTo(16)
        .allMatch(name -> name.matches("evenkeel-probe-[0-9]+"));
  }

  @Test
  void threads_ofProbes_holdNothingOfTheApplication() throws Exception {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (ScriptedServer server = silent();
        URLClassLoader application = new URLClassLoader(new URL[0])) {
      current.setContextClassLoader(application);
      ControlLoop.Cancellable probe = fixture.start(server.url(), Checks.plain());
      await(server.requests);

      assertThat(ProberFixture.probeThreads())
          .hasSize(1)
          .allMatch(Thread::isDaemon)
          .allMatch(
              thread -> thread.getContextClassLoader() == ClassLoader.getPlatformClassLoader());
      probe.cancel();
    } finally {
      current.setContextClassLoader(before);
    }
  }

  @Test
  void callback_thatThrows_isCalledOnceAndEndsNothing() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      AtomicLong calls = new AtomicLong();
      fixture.prober.probe(
          ServerSpec.of(server.url(), 1),
          Checks.plain().spec(),
          result -> {
            calls.incrementAndGet();
            throw new IllegalStateException("planted");
          });

      assertThat(fixture.probe(server.url(), Checks.plain())).isEqualTo(ANSWERED_200);
      fixture.close();
      assertThat(calls).hasValue(1);
    }
  }

  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private void useManualTicker() {
    fixture.close();
    fixture = new ProberFixture(nanos::get, new StandardTls());
  }

  private static ScriptedServer silent() throws IOException {
    return ScriptedServer.running((request, connection) -> ScriptedServer.awaitClose(connection));
  }

  private static ScriptedServer keepingOpen() throws IOException {
    return ScriptedServer.running(
        (request, connection) -> {
          ScriptedServer.send(connection, OK);
          ScriptedServer.awaitClose(connection);
        });
  }
}
