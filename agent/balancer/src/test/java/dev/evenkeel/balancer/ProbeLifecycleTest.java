package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.checkedOrders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeLifecycleTest {
  private final Fixture fixture = new Fixture();

  @Test
  void reload_serverLeaves_cancelsItsProbeAndIgnoresTheAnswer() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    ServerView left = fixture.view(A);
    FakeProber.Probe probe = fixture.prober.last(A);

    fixture.apply(checkedOrders(CHECK, server(B, 1)));
    assertThat(probe.isCancelled).isTrue();
    probe.answer(false, "probe answered 503");
    fixture.loop.advance(Duration.ofMinutes(1));

    assertThat(left.state()).isEqualTo(State.STARTING);
    assertThat(fixture.prober.countOf(A)).isEqualTo(1);
    assertThat(fixture.listener.changes).noneMatch(change -> change.startsWith(A));
  }

  @Test
  void reload_serverStays_keepsItsProbeAndTimer() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.verdict(true, B);
    FakeProber.Probe underWay = fixture.prober.last(A);

    fixture.apply(checkedOrders(CHECK, server(B, 2), server(A, 1)));
    assertThat(underWay.isCancelled).isFalse();
    assertThat(fixture.prober.probes).hasSize(2);
    fixture.verdict(true, A);

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    fixture.loop.advance(Duration.ofSeconds(11));
    assertThat(fixture.prober.countOf(B)).isEqualTo(2);
  }

  @Test
  void reload_checkChanges_probesAtOnceAndKeepsTheVerdict() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    fixture.verdict(false, A);

    fixture.apply(
        checkedOrders(Fixture.check(Duration.ofSeconds(60), Duration.ofSeconds(60)), server(A, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
    assertThat(fixture.prober.countOf(A)).isEqualTo(2);
    fixture.verdict(true, A);
    fixture.loop.advance(Duration.ofSeconds(50));
    assertThat(fixture.prober.countOf(A)).isEqualTo(2);
  }

  @Test
  void reload_queuedServerLeaves_isNeverProbed() {
    ServerSpec[] servers =
        IntStream.range(0, 20)
            .mapToObj(i -> server("http://server" + i, 1))
            .toArray(ServerSpec[]::new);
    fixture.apply(checkedOrders(CHECK, servers));

    fixture.apply(checkedOrders(CHECK, servers[0]));
    fixture.verdict(true, servers[0].url());

    assertThat(fixture.prober.probes).hasSize(16);
    assertThat(fixture.prober.underWay()).isEmpty();
  }

  @Test
  void prober_neverAnswers_isGivenUpAfterTimeoutAndGrace() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));

    fixture.loop.advance(Duration.ofMillis(5_999));
    assertThat(fixture.view(A).state()).isEqualTo(State.STARTING);
    fixture.loop.advance(Duration.ofMillis(1));

    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
    assertThat(fixture.view(A).reason()).isEqualTo("probe did not answer");
    assertThat(fixture.prober.probes.get(0).isCancelled).isTrue();
    assertThat(fixture.prober.countOf(A)).isEqualTo(2);
  }

  @Test
  void prober_answersTwice_countsTheFirst() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    FakeProber.Probe probe = fixture.prober.last(A);

    probe.answer(true, "probe answered 200");
    probe.answer(false, "probe answered 503");
    fixture.loop.run();

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
  }

  @Test
  void prober_throws_isAFaultAndKeepsTheState() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    fixture.verdict(true, A);
    fixture.prober.fault = new IllegalStateException("broken prober");

    fixture.loop.advance(Duration.ofSeconds(11));
    assertThat(fixture.listener.faults).containsExactly("prober: broken prober");
    assertThat(fixture.balancer.faults()).isEqualTo(1);
    assertThat(fixture.view(A).state()).isEqualTo(State.UP);

    fixture.prober.fault = null;
    fixture.loop.advance(Duration.ofSeconds(11));
    assertThat(fixture.prober.countOf(A)).isEqualTo(2);
  }

  @Test
  void prober_throwsForManyServers_neitherRecursesNorHoldsPlaces() {
    ServerSpec[] servers =
        IntStream.range(0, 20_000)
            .mapToObj(i -> server("http://server" + i, 1))
            .toArray(ServerSpec[]::new);
    fixture.prober.fault = new IllegalStateException("broken prober");

    fixture.apply(checkedOrders(CHECK, servers));

    assertThat(fixture.balancer.faults()).isEqualTo(20_000);
    assertThat(fixture.prober.underWay()).isEmpty();
  }

  @Test
  void check_longestDurations_isOneLikeAnyOther() {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    HealthCheckSpec check =
        new HealthCheckSpec("", null, null, 0, "GET", 0, longest, longest, longest, true, Map.of());

    fixture.apply(checkedOrders(check, server(A, 1)));
    fixture.verdict(true, A);
    fixture.apply(checkedOrders(CHECK, server(A, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.prober.countOf(A)).isEqualTo(2);
  }
}
