package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.checkedOrders;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private final Fixture fixture = new Fixture();

  @Test
  void apply_everyServer_isProbedAtOnce() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 0)));

    assertThat(fixture.prober.probes).extracting(probe -> probe.url).containsExactly(A, B);
    assertThat(fixture.prober.probes).allMatch(probe -> probe.check.equals(CHECK));
  }

  @Test
  void apply_noHealthCheck_isUpWithoutAProbe() {
    fixture.apply(orders(server(A, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.prober.probes).isEmpty();
  }

  @Test
  void starting_noVerdictYet_takesCalls() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.STARTING);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
  }

  @Test
  void starting_anotherIsUp_takesNoNewCalls() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1), server(C, 1)));

    fixture.verdict(true, B);

    assertThat(fixture.tally(5)).isEqualTo(Map.of(B, 5));
    assertThat(fixture.view(A).effectiveWeight()).isZero();
    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains(A + ": no turns: no probe answered yet, and other servers are up");
  }

  @Test
  void starting_theOnlyOneUpWasNotReached_isTheLastResort() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.verdict(true, B);
    Exchange exchange = fixture.open();
    exchange.next().end(Outcome.CONNECT_FAILED);

    assertThat(exchange.next().server().url()).isEqualTo(A);
  }

  @Test
  void starting_theOnlyOneUpIsFenced_takesCalls() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.verdict(true, B);

    fixture.balancer.fence("orders", B);

    assertThat(fixture.tally(3)).isEqualTo(Map.of(A, 3));
  }

  @Test
  void verdict_unhealthy_takesTheServerOutAtOnce() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.verdict(true, A, B);

    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.prober.last(A).answer(false, "probe failed: Connection refused");
    fixture.loop.run();

    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 4));
    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
    assertThat(fixture.view(A).reason()).isEqualTo("probe failed: Connection refused");
    assertThat(fixture.view(A).lastProbeResult()).isEqualTo("probe failed: Connection refused");
    assertThat(fixture.view(A).lastProbeTime()).isEqualTo(fixture.ticker.now());
  }

  @Test
  void verdict_exchangeOpenedBefore_doesNotGoThere() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    Exchange openedBefore = fixture.open();

    fixture.verdict(false, A);

    assertThat(openedBefore.next()).isNull();
  }

  @Test
  void verdict_eachChange_isToldToTheListener() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));

    fixture.verdict(true, A);
    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(true, A);
    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(false, A);
    fixture.loop.advance(Duration.ofSeconds(3));
    fixture.verdict(true, A);

    assertThat(fixture.listener.changes)
        .containsExactly(
            A + " STARTING -> UP (shows UP)",
            A + " UP -> DOWN (shows DOWN)",
            A + " DOWN -> UP (shows UP)");
  }

  @Test
  void verdict_fencedServer_isDownFirst() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    fixture.balancer.fence("orders", A);
    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);

    fixture.verdict(false, A);
    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
    fixture.loop.advance(Duration.ofSeconds(3));
    fixture.verdict(true, A);

    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
  }

  @Test
  void verdicts_closerThanTheMinimum_shareASnapshot() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.prober.last(A).answer(true, "probe answered 200");
    fixture.loop.run();
    assertThat(fixture.view(A).effectiveWeight()).as("asked for, not built").isEqualTo(1);
    assertThat(fixture.view(B).effectiveWeight()).isEqualTo(1);

    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE.minusNanos(1));
    assertThat(fixture.view(B).effectiveWeight()).isEqualTo(1);
    fixture.loop.advance(Duration.ofNanos(1));

    assertThat(fixture.view(B).effectiveWeight()).isZero();
  }

  /** What a server that is down waits for may be the transport's own mending. */
  @Test
  void reload_withAnotherTransport_probesAtOnce() {
    UnusedTls wrong = new UnusedTls("t1");
    fixture.apply(checkedOrders(CHECK, server("https://a", 1).with(wrong)));
    fixture.verdict(false, "https://a");

    fixture.apply(checkedOrders(CHECK, server("https://a", 1).with(wrong)));
    assertThat(fixture.prober.countOf("https://a")).isEqualTo(1);

    fixture.apply(checkedOrders(CHECK, server("https://a", 1).with(new UnusedTls("t2"))));
    assertThat(fixture.prober.countOf("https://a")).isEqualTo(2);
    fixture.verdict(true, "https://a");
    assertThat(fixture.view("https://a").state()).isEqualTo(State.UP);
  }

  @Test
  void reload_withAnotherTransport_cancelsTheProbeOfTheOld() {
    fixture.apply(checkedOrders(CHECK, server("https://a", 1).with(new UnusedTls("t1"))));
    FakeProber.Probe old = fixture.prober.last("https://a");

    fixture.apply(checkedOrders(CHECK, server("https://a", 1).with(new UnusedTls("t2"))));

    assertThat(old.isCancelled).isTrue();
    assertThat(fixture.prober.underWay()).hasSize(1);
  }

  @Test
  void interval_upServer_isKeptWithinTheJitterFromStartToStart() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));

    List<Duration> gaps = gaps(true, 200);

    assertThat(gaps).allMatch(gap -> gap.compareTo(Duration.ofSeconds(9)) >= 0);
    assertThat(gaps).allMatch(gap -> gap.compareTo(Duration.ofSeconds(11)) <= 0);
    assertThat(gaps).anyMatch(gap -> gap.compareTo(Duration.ofMillis(9_200)) < 0);
    assertThat(gaps).anyMatch(gap -> gap.compareTo(Duration.ofMillis(10_800)) > 0);
  }

  @Test
  void interval_downServer_isTheUnhealthyOne() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));

    List<Duration> gaps = gaps(false, 50);

    assertThat(gaps).allMatch(gap -> gap.compareTo(Duration.ofMillis(1_800)) >= 0);
    assertThat(gaps).allMatch(gap -> gap.compareTo(Duration.ofMillis(2_200)) <= 0);
  }

  /** Answers each probe after one second and says how far apart the probes began. */
  private List<Duration> gaps(boolean isHealthy, int probes) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 0; i < probes; i++) {
      long before = fixture.prober.last(A).startNanos;
      long countBefore = fixture.prober.countOf(A);
      fixture.loop.advance(Duration.ofSeconds(1));
      fixture.prober.last(A).answer(isHealthy, "probe answered");
      for (int millis = 0; fixture.prober.countOf(A) == countBefore; millis++) {
        assertThat(millis).isLessThan(20_000);
        fixture.loop.advance(Duration.ofMillis(1));
      }
      gaps.add(Duration.ofNanos(fixture.prober.last(A).startNanos - before));
    }
    return gaps;
  }

  @Test
  void bound_manyServers_keepsSixteenInFlight() {
    ServerSpec[] servers =
        IntStream.range(0, 100)
            .mapToObj(i -> server("http://server" + i, 1))
            .toArray(ServerSpec[]::new);

    fixture.apply(checkedOrders(CHECK, servers));

    int answered = 0;
    while (!fixture.prober.underWay().isEmpty()) {
      assertThat(fixture.prober.underWay()).hasSizeLessThanOrEqualTo(16);
      assertThat(fixture.prober.underWay()).hasSize(Math.min(16, 100 - answered));
      fixture.prober.underWay().get(0).answer(true, "probe answered 200");
      fixture.loop.run();
      answered++;
    }
    assertThat(fixture.prober.probes).extracting(probe -> probe.url).doesNotHaveDuplicates();
    assertThat(answered).isEqualTo(100);
  }
}
