package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.runtime.socket.ScriptedServer;
import dev.evenkeel.runtime.socket.SilentPort;
import dev.evenkeel.runtime.socket.StandardTls;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeEndTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Prober.Result ANSWERED_200 =
      new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null));
  private static final Prober.Result TIMED_OUT =
      new Prober.Result(false, "probe timed out after 5s");

  private final AtomicLong nanos = new AtomicLong();
  private ProberFixture fixture = new ProberFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void server_thatIsSilent_timesOutByTheReadsOwnLimit() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      assertThat(fixture.probe(server.url(), Checks.plain().timeout(Duration.ofMillis(150))))
          .isEqualTo(new Prober.Result(false, "probe timed out after 150ms"));
      await(server.closedByClient);
    }
  }

  @Test
  void connection_thatIsNotMade_isWaitedForAsLongAsTheTransportSays() throws Exception {
    try (SilentPort port = new SilentPort()) {
      ServerSpec server = ServerSpec.of(port.url(), 1);

      assertThat(fixture.probe(server.with(timeouts(150, 0))).text())
          .isEqualTo("probe failed: no connection within 150ms");
      for (TimeoutsSpec longer : List.of(timeouts(0, 0), timeouts(6_000, 0))) {
        HealthCheckSpec check = Checks.plain().timeout(Duration.ofMillis(150)).spec();
        assertThat(fixture.probe(server.with(longer), check).text())
            .isEqualTo("probe timed out after 150ms");
      }
    }
  }

  @Test
  void answer_thatDoesNotCome_isWaitedForAsLongAsTheTransportSays() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      ServerSpec asked = ServerSpec.of(server.url(), 1).with(timeouts(1, 150));

      assertThat(fixture.probe(asked).text()).isEqualTo("probe failed: no response within 150ms");
      await(server.closedByClient);
    }
  }

  private static TimeoutsSpec timeouts(int dialMillis, int headerMillis) {
    return new TimeoutsSpec(Duration.ofMillis(dialMillis), Duration.ofMillis(headerMillis));
  }

  @Test
  void server_thatIsSilent_isCutAtTheDeadlineFromOutside() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
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

  @Test
  void cancel_whileTheServerIsSilent_closesAndCallsNobody() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
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
    try (ScriptedServer busy = ScriptedServer.silent();
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
                if (!result.equals(
                    new Prober.Result(
                        status < 400,
                        "probe answered " + status,
                        new Prober.Answer(status, null, null)))) {
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
    try (ScriptedServer server = ScriptedServer.silent();
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

  private void useManualTicker() {
    fixture.close();
    fixture = new ProberFixture(nanos::get, new StandardTls());
  }
}
