package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowStartTest {
  private static final Duration LENGTH = Duration.ofSeconds(36);

  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(ServerSpec... servers) {
    return pool("orders", null, null, servers).with(Rules.extras(Rules.slowStart(LENGTH)));
  }

  private void letAReturn() {
    fixture.balancer.fence("orders", A);
    fixture.balancer.unfence("orders", A);
  }

  @Test
  void start_ofTheJvm_hasNoRamp() {
    fixture.apply(orders(server(A, 1), server(B, 1)));
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(1);

    Fixture checked = new Fixture();
    checked.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(Rules.extras(Rules.slowStart(LENGTH))));
    checked.verdict(true, A, B);
    assertThat(checked.view(A).effectiveWeight()).isEqualTo(1);
  }

  @Test
  void unfenced_beginsAtATenth_andGrowsToTheWholeWithoutEverFalling() {
    fixture.apply(orders(server(A, 1), server(B, 1)));
    letAReturn();

    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(0.1);
    assertThat(fixture.view(A).weight()).isEqualTo(1);
    assertThat(fixture.view(A).reason()).isEqualTo("slow start: 10 %");
    assertThat(fixture.tally(110)).isEqualTo(Map.of(A, 10, B, 100));
    List<Double> seen = new ArrayList<>();
    for (int second = 0; second <= 36; second++) {
      seen.add(fixture.view(A).effectiveWeight());
      fixture.loop.advance(Duration.ofSeconds(1));
    }

    assertThat(seen).isSorted().contains(0.55);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(1);
    assertThat(fixture.view(A).reason()).isEmpty();
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
    assertThat(fixture.loop.waitingTimers())
        .as("only those of the latencies and of lost calls")
        .isEqualTo(2);
  }

  @Test
  void explain_whileGrowing_namesTheWeightInForce() {
    fixture.apply(orders(server(A, 1), server(B, 3)));
    letAReturn();

    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains(A + ": 3.2 % of the turns (weight 0.1 of 3.1); slow start: 10 %")
        .contains(B + ": 96.8 % of the turns (weight 3 of 3.1)\n");
  }

  @Test
  void downServer_thatReturns_ramps() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 10), server(B, 10))
            .with(Rules.extras(Rules.slowStart(LENGTH))));
    fixture.verdict(true, B);
    fixture.verdict(false, A);

    fixture.loop.advance(Duration.ofSeconds(3));
    fixture.verdict(true, A);

    assertThat(fixture.view(A).effectiveWeight()).isCloseTo(1, within(0.5));
    assertThat(fixture.view(B).effectiveWeight()).isEqualTo(10);
  }

  @Test
  void ejectedServer_whoseTrialPassed_ramps() {
    fixture.apply(
        orders(server(A, 1), server(B, 1))
            .with(new PassiveHealthCheckSpec(Duration.ofSeconds(1), 1)));
    fixture.open();
    while (fixture.view(A).state() != State.EJECTED) {
      callWith(A, 503);
    }
    fixture.loop.advance(Duration.ofSeconds(2));
    while (fixture.view(A).state() == State.EJECTED) {
      callWith(A, 200);
    }
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(0.1);
  }

  /** A call that ends well, unless it comes to a server that is to answer otherwise. */
  private void callWith(String url, int status) {
    Attempt attempt = fixture.open().next();
    attempt.answered(attempt.server().url().equals(url) ? status : 200);
    attempt.end(Outcome.COMPLETED);
    fixture.loop.run();
  }

  @Test
  void steps_ofServersThatReturnedApart_areOneRebuild() {
    fixture.apply(orders(server(A, 1), server(B, 1), server(C, 1)));
    letAReturn();
    fixture.loop.advance(Duration.ofMillis(700));
    fixture.balancer.fence("orders", B);
    fixture.balancer.unfence("orders", B);

    fixture.loop.advance(Duration.ofSeconds(2));

    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(fixture.view(B).effectiveWeight());
  }

  @Test
  void reload_whileGrowing_goesOn() {
    fixture.apply(orders(server(A, 1), server(B, 1)));
    letAReturn();
    fixture.loop.advance(Duration.ofSeconds(20));
    double before = fixture.view(A).effectiveWeight();

    fixture.apply(orders(server(A, 1), server(B, 1), server(C, 1)));

    assertThat(before).isGreaterThan(0.4);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(before);
  }

  @Test
  void largestWeights_whileGrowing_stayExact() {
    int most = ServerSpec.MAX_TOTAL_WEIGHT;
    fixture.apply(orders(server(A, most), server(B, most)));
    letAReturn();

    Map<String, Integer> tally = fixture.tally(1100);

    assertThat(tally.get(A)).isCloseTo(100, within(2));
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(most / 10.0);
  }
}
