package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(int healthy, int unhealthy) {
    return pool("orders", STICKY, CHECK, server(A, 1), server(B, 1))
        .with(ExtrasSpec.NONE.with(Rules.thresholds(healthy, unhealthy)));
  }

  private State stateOfA() {
    return fixture.view(A).state();
  }

  /** Lets the next probe of A begin, and answers it. */
  private void probeOfA(boolean isHealthy) {
    long before = fixture.prober.countOf(A);
    while (fixture.prober.countOf(A) == before) {
      fixture.loop.advance(Duration.ofMillis(100));
    }
    fixture.verdict(isHealthy, A);
  }

  @Test
  void newServer_firstProbeFails_isDownAtOnce() {
    fixture.apply(orders(3, 3));

    fixture.verdict(false, A);

    assertThat(stateOfA()).isEqualTo(State.DOWN);
  }

  @Test
  void newServer_firstProbeIsGood_isUpAtOnce() {
    fixture.apply(orders(3, 3));

    fixture.verdict(true, A);

    assertThat(stateOfA()).isEqualTo(State.UP);
  }

  @Test
  void upServer_fewerFailuresThanTheThreshold_staysUp() {
    fixture.apply(orders(1, 3));
    fixture.verdict(true, A);

    probeOfA(false);
    probeOfA(false);
    probeOfA(true);
    probeOfA(false);
    probeOfA(false);
    assertThat(stateOfA()).isEqualTo(State.UP);
    assertThat(fixture.view(A).lastProbeResult()).isEqualTo("probe answered 503");

    probeOfA(false);
    assertThat(stateOfA()).isEqualTo(State.DOWN);
  }

  @Test
  void downServer_fewerGoodProbesThanTheThreshold_staysDown() {
    fixture.apply(orders(2, 1));
    fixture.verdict(false, A);

    probeOfA(true);
    probeOfA(false);
    probeOfA(true);
    assertThat(stateOfA()).isEqualTo(State.DOWN);

    probeOfA(true);
    assertThat(stateOfA()).isEqualTo(State.UP);
  }

  @Test
  void reload_thresholdsChange_countFromTheNextProbe() {
    fixture.apply(orders(1, 5));
    fixture.verdict(true, A);
    probeOfA(false);

    fixture.apply(orders(1, 2));
    assertThat(stateOfA()).isEqualTo(State.UP);
    probeOfA(false);

    assertThat(stateOfA()).isEqualTo(State.DOWN);
  }

  @Test
  void flapping_returns_areHeldBackLongerEachTimeAndNeverForEver() {
    fixture.apply(orders(1, 1));
    fixture.verdict(true, A);

    List<Long> holds = new ArrayList<>();
    for (int fall = 0; fall < 12; fall++) {
      probeOfA(false);
      probeOfA(true);
      long from = fixture.ticker.nanos();
      while (stateOfA() == State.DOWN) {
        fixture.prober.underWay().stream()
            .filter(p -> p.url.equals(A))
            .forEach(p -> p.answer(true, "probe answered 200"));
        fixture.loop.advance(Duration.ofMillis(100));
      }
      holds.add(Duration.ofNanos(fixture.ticker.nanos() - from).plusMillis(50).toSeconds());
    }

    assertThat(holds.subList(0, 6)).containsExactly(0L, 0L, 0L, 5L, 10L, 20L);
    assertThat(holds).allMatch(hold -> hold <= 120).contains(40L);
  }

  @Test
  void flapping_failedProbeWhileHeldBack_startsTheHoldAnew() {
    fixture.apply(orders(1, 1));
    fixture.verdict(true, A);
    for (int fall = 0; fall < 4; fall++) {
      probeOfA(false);
      probeOfA(true);
    }
    assertThat(stateOfA()).isEqualTo(State.DOWN);
    assertThat(fixture.view(A).reason()).isEqualTo("held back for 5s after going out 4 times");

    probeOfA(false);
    fixture.loop.advance(Duration.ofSeconds(6));

    assertThat(stateOfA()).isEqualTo(State.DOWN);
    assertThat(fixture.view(A).reason()).isEqualTo("probe answered 503");
    assertThat(fixture.listener.changes)
        .filteredOn(change -> change.startsWith(A + " DOWN"))
        .hasSize(3);
  }

  @Test
  void flapping_quietTime_isForgotten() {
    fixture.apply(orders(1, 1));
    fixture.verdict(true, A);
    for (int fall = 0; fall < 3; fall++) {
      probeOfA(false);
      probeOfA(true);
    }

    for (int quiet = 0; quiet < 24; quiet++) {
      probeOfA(true);
    }
    probeOfA(false);
    probeOfA(true);

    assertThat(stateOfA()).isEqualTo(State.UP);
  }

  @Test
  void rules_thresholdBelowOne_areRefused() {
    assertThatThrownBy(() -> Rules.thresholds(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("healthyThreshold: 0 (expected: 1 or more)");
    assertThat(HealthRulesSpec.DEFAULT.healthyThreshold()).isEqualTo(1);
  }
}
