package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(HealthRulesSpec rules) {
    return pool("orders", STICKY, null, server(A, 1), server(B, 1))
        .with(ExtrasSpec.NONE.with(rules));
  }

  private static LoadBalancerSpec orders() {
    return orders(HealthRulesSpec.DEFAULT);
  }

  private static LoadBalancerSpec draining(String url, Duration within) {
    return orders(HealthRulesSpec.DEFAULT.withDrained(Map.of(url, within)));
  }

  /** The cookie of a session on this server, which has one of the first three turns. */
  private String sessionOn(String url) {
    String cookie = null;
    for (int i = 0; i < 3; i++) {
      Attempt attempt = fixture.open().next();
      boolean isIt = attempt.server().url().equals(url);
      cookie = isIt ? attempt.setCookies().value().replaceFirst(";.*", "") : cookie;
      attempt.end(Outcome.COMPLETED);
    }
    assertThat(cookie).isNotNull();
    return cookie;
  }

  @Test
  void drain_untilTheDeadline_isAFence() {
    fixture.apply(orders());
    String session = sessionOn(A);

    fixture.balancer.drain("orders", A, MINUTE);
    fixture.loop.advance(MINUTE.minusNanos(1));

    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 4));
    assertThat(fixture.call(session)).isEqualTo(A);
    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(A).reason()).isEqualTo("draining");
    assertThat(fixture.view(A).drainRemaining()).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void drain_deadlineOver_sessionsMoveAtTheirNextCallAndStayMoved() {
    fixture.apply(orders());
    String session = sessionOn(A);
    fixture.balancer.drain("orders", A, MINUTE);

    fixture.loop.advance(MINUTE);

    Attempt moved = fixture.open(session).next();
    assertThat(moved.server().url()).isEqualTo(B);
    assertThat(moved.setCookies()).isNotNull();
    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 4));
    assertThat(fixture.view(A).reason()).isEqualTo("drained");
    assertThat(fixture.view(A).drainRemaining()).isZero();
    fixture.loop.advance(MINUTE.multipliedBy(100));
    assertThat(fixture.call(session)).isEqualTo(B);
    assertThat(fixture.listener.changes).containsExactly(A + " UP -> FENCED (shows FENCED)");
  }

  @Test
  void drain_ofNoTime_movesSessionsAtOnce() {
    fixture.apply(orders());
    String session = sessionOn(A);

    fixture.balancer.drain("orders", A, Duration.ZERO);

    assertThat(fixture.call(session)).isEqualTo(B);
  }

  @Test
  void drain_callInFlightAtTheDeadline_goesOn() {
    fixture.apply(orders());
    Attempt attempt = fixture.open(sessionOn(A)).next();
    fixture.balancer.drain("orders", A, MINUTE);

    fixture.loop.advance(MINUTE);

    assertThat(fixture.view(A).inFlight()).isEqualTo(1);
    attempt.answered(401);
    attempt.end(Outcome.COMPLETED);
    Attempt repeated = attempt.again();
    assertThat(repeated.server().url()).isEqualTo(A);
    repeated.end(Outcome.COMPLETED);
    assertThat(fixture.view(A).inFlight()).isZero();
  }

  @Test
  void unfence_ofADrainedServer_bringsItBack() {
    fixture.apply(orders());
    String session = sessionOn(A);
    int timers = fixture.loop.waitingTimers();
    fixture.balancer.drain("orders", A, MINUTE);
    assertThat(fixture.loop.waitingTimers()).isGreaterThan(timers);
    fixture.loop.advance(MINUTE);

    fixture.balancer.unfence("orders", A);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(fixture.call(session)).isEqualTo(A);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
    assertThat(fixture.view(A).drainRemaining()).isNull();
    assertThat(fixture.loop.waitingTimers()).isEqualTo(timers);
  }

  @Test
  void fence_ofADrainingServer_takesItsDeadlineAway() {
    fixture.apply(orders());
    String session = sessionOn(A);
    fixture.balancer.drain("orders", A, MINUTE);

    fixture.balancer.fence("orders", A);
    fixture.loop.advance(MINUTE.multipliedBy(2));

    assertThat(fixture.call(session)).isEqualTo(A);
    assertThat(fixture.view(A).drainRemaining()).isNull();
  }

  @Test
  void drain_again_countsAnew() {
    fixture.apply(orders());
    fixture.balancer.drain("orders", A, MINUTE);
    fixture.loop.advance(MINUTE);

    fixture.balancer.drain("orders", A, MINUTE);

    assertThat(fixture.view(A).drainRemaining()).isEqualTo(MINUTE);
    assertThat(fixture.view(A).reason()).isEqualTo("draining");
  }

  @Test
  void drain_wrong_isRefused() {
    fixture.apply(orders());

    assertThatThrownBy(() -> fixture.balancer.drain("orders", A, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time: PT-1S (expected: 0 or more)");
    assertThatThrownBy(() -> fixture.balancer.drain("orders", C, MINUTE))
        .hasMessage("server: " + C + " (expected: one of " + A + ", " + B + ")");
  }

  @Test
  void drain_ofALongTime_doesNotOverflow() {
    fixture.apply(orders());
    String session = sessionOn(A);

    fixture.balancer.drain("orders", A, Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(fixture.call(session)).isEqualTo(A);
    assertThat(fixture.view(A).drainRemaining()).isEqualTo(Duration.ofDays(3_650));
  }

  @Test
  void everyServerDrained_callsFailAndSayWhy() {
    fixture.apply(orders());
    String session = sessionOn(A);
    fixture.balancer.drain("orders", A, Duration.ZERO);
    fixture.balancer.drain("orders", B, MINUTE);

    assertThat(fixture.open(session).next()).isNull();
    assertThat(fixture.open(session).unavailable())
        .hasMessage("service orders: no server available (" + A + " drained; " + B + " fenced)");
  }

  @Test
  void panic_sessionsOfADrainedServer_moveToo() {
    fixture.apply(
        pool("orders", STICKY, CHECK, server(A, 1), server(B, 1), server(C, 1))
            .with(Rules.extras(Rules.panic(100))));
    fixture.verdict(true, A, B, C);
    String session = sessionOn(A);
    fixture.balancer.drain("orders", A, Duration.ZERO);
    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(false, B, C);
    assertThat(fixture.service().status()).isEqualTo("PANIC");

    assertThat(fixture.call(session)).isNotEqualTo(A);
  }

  @Test
  void file_namesAServer_countsFromThenOverReloads() {
    fixture.apply(draining(A, MINUTE));
    assertThat(fixture.view(A).reason()).isEqualTo("draining by the configuration");
    fixture.loop.advance(Duration.ofSeconds(40));

    fixture.apply(draining(A, MINUTE));

    assertThat(fixture.view(A).drainRemaining()).isEqualTo(Duration.ofSeconds(20));
    fixture.loop.advance(Duration.ofSeconds(20));
    assertThat(fixture.view(A).reason()).isEqualTo("drained by the configuration");
    fixture.apply(draining(A, MINUTE));
    assertThat(fixture.view(A).drainRemaining()).isZero();
  }

  @Test
  void file_changesTheTime_countsFromTheSameBeginning() {
    fixture.apply(draining(A, MINUTE));
    fixture.loop.advance(Duration.ofSeconds(40));

    fixture.apply(draining(A, Duration.ofSeconds(50)));
    assertThat(fixture.view(A).drainRemaining()).isEqualTo(Duration.ofSeconds(10));

    fixture.apply(draining(A, Duration.ofSeconds(30)));
    assertThat(fixture.view(A).drainRemaining()).isZero();
  }

  @Test
  void file_nameLeavesAndReturns_countsAnew() {
    fixture.apply(draining(A, MINUTE));
    fixture.loop.advance(MINUTE);

    fixture.apply(orders());
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
    fixture.apply(draining(A, MINUTE));

    assertThat(fixture.view(A).drainRemaining()).isEqualTo(MINUTE);
  }

  @Test
  void file_stays_leavesWhatWasDoneByHand() {
    fixture.apply(draining(A, MINUTE));
    fixture.balancer.unfence("orders", A);
    fixture.balancer.drain("orders", B, MINUTE);

    fixture.apply(draining(A, MINUTE.multipliedBy(2)));

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 4));
    assertThat(fixture.view(B).drainRemaining()).isEqualTo(MINUTE);
    assertThat(fixture.view(B).reason()).isEqualTo("draining");
  }

  @Test
  void file_turnsAFenceIntoADrainAndBack() {
    LoadBalancerSpec fenced = orders(Rules.fenced(A));
    fixture.apply(fenced);
    fixture.apply(draining(A, MINUTE));
    assertThat(fixture.view(A).drainRemaining()).isEqualTo(MINUTE);

    fixture.apply(fenced);

    assertThat(fixture.view(A).drainRemaining()).isNull();
    assertThat(fixture.view(A).reason()).isEqualTo("fenced by the configuration");
    assertThat(fixture.listener.changes).isEqualTo(List.of());
  }
}
