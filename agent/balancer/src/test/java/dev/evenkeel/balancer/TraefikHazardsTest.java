package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.checkedOrders;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each of these would hang, or fail, as Traefik does it. */
class TraefikHazardsTest {
  private final Fixture fixture = new Fixture();

  /** Traefik's weighted round robin looks for a server for ever. */
  @Test
  void weightZeroAndHealthCheck_theOnlyWeightIsDown_endsWithoutAServer() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 0)));
    fixture.verdict(false, A);
    fixture.verdict(true, B);

    assertThat(fixture.open().next()).isNull();
  }

  @Test
  void fenced_everyServerThatIsUp_endsWithoutAServer() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1), server(C, 1))
            .with(Rules.extras(Rules.fenced(A, B))));
    fixture.verdict(true, A, B);
    fixture.verdict(false, C);

    assertThat(fixture.open().next()).isNull();
  }

  /** Traefik's TCP balancer does the same over weights of zero; here, over child services. */
  @Test
  void weightZero_everywhereInATree_endsWithoutAServer() {
    fixture.apply(
        new WeightedSpec(
            "orders", List.of(new ChildSpec("v1", 0), new ChildSpec("v2", 1)), null, true),
        pool("v1", null, CHECK, server(A, 1)),
        pool("v2", null, CHECK, server(B, 0)));
    fixture.verdict(true, A, B);

    assertThat(fixture.open().next()).isNull();
  }

  /** Traefik probes for the first time after an interval, and has every server up until then. */
  @Test
  void firstProbe_isAtOnce_andAReloadKeepsItsVerdict() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.verdict(false, A);
    fixture.verdict(true, B);
    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));

    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1), server(C, 1)));

    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
  }

  /** One lost probe takes a server out in Traefik. */
  @Test
  void thresholds_oneLostProbe_takesNobodyOut() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1)).with(Rules.extras(Rules.thresholds(2, 2))));
    fixture.verdict(true, A);
    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(false, A);

    assertThat(fixture.call()).isEqualTo(A);
  }

  /** One after the other, a hundred dead servers of five seconds each take 500 s. */
  @Test
  void probes_ofAHundredServersThatHang_areDecidedInParallel() {
    HealthCheckSpec check = Fixture.check(Duration.ofSeconds(30), Duration.ofSeconds(30));
    ServerSpec[] servers =
        IntStream.range(0, 101).mapToObj(i -> server("http://s" + i, 1)).toArray(ServerSpec[]::new);
    fixture.apply(checkedOrders(check, servers));

    fixture.loop.advance(Duration.ofSeconds(6 * 7));

    assertThat(fixture.service().servers()).allMatch(server -> server.state() == State.DOWN);
  }

  /**
   * In Traefik an ejection is to be seen nowhere, may empty the service, is not handed upwards, and
   * ends with the full share of the calls.
   */
  @Test
  void ejection_isSeenLimitedHandedUpwardsAndEndsWithOneCall() {
    PassiveHealthCheckSpec passive = new PassiveHealthCheckSpec(Duration.ofSeconds(10), 1);
    LoadBalancerSpec first = pool("first", null, null, server(A, 1)).with(passive);
    LoadBalancerSpec second = pool("second", null, null, server(B, 1), server(C, 1)).with(passive);
    fixture.apply(new FailoverSpec("orders", "first", "second", true), first, second);

    fail();
    assertThat(fixture.balancer.services().get(1).servers().get(0).state())
        .isEqualTo(State.EJECTED);
    fail();
    fail();
    assertThat(fixture.balancer.services().get(2).servers())
        .extracting(ServerView::state)
        .containsExactlyInAnyOrder(State.EJECTED, State.UP);

    fixture.loop.advance(Duration.ofMillis(12_500));
    Attempt trial = fixture.open().next();
    assertThat(trial.server().url()).isEqualTo(A);
    assertThat(fixture.tally(6)).doesNotContainKey(A);
  }

  private void fail() {
    Attempt attempt = fixture.open().next();
    attempt.answered(500);
    attempt.end(Outcome.COMPLETED);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
  }

  /** A server that returns gets its whole share at once in Traefik. */
  @Test
  void slowStart_serverThatReturns_beginsWithATenth() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(Rules.extras(Rules.slowStart(Duration.ofSeconds(30)))));
    fixture.verdict(true, B);
    fixture.verdict(false, A);
    fixture.loop.advance(Duration.ofSeconds(3));
    fixture.verdict(true, A);

    assertThat(fixture.tally(110).get(A)).isBetween(1, 20);
  }
}
