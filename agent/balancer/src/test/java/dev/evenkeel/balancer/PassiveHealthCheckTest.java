package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassiveHealthCheckTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(int maxFailedAttempts, ServerSpec... servers) {
    return pool("orders", null, null, servers)
        .with(new PassiveHealthCheckSpec(WINDOW, maxFailedAttempts));
  }

  private static LoadBalancerSpec limited(int percent, ServerSpec... servers) {
    return orders(1, servers).with(Rules.extras(Rules.maxEjected(percent)));
  }

  /** Begins an attempt on a server: others that come first go well. */
  private Attempt attemptOn(String url) {
    for (int i = 0; i < 100; i++) {
      Attempt attempt = fixture.open().next();
      if (attempt.server().url().equals(url)) {
        return attempt;
      }
      attempt.answered(200);
      attempt.end(Outcome.COMPLETED);
    }
    throw new AssertionError(url + " gets no call");
  }

  private void answer(String url, int status) {
    answer(attemptOn(url), status);
  }

  private void answer(Attempt attempt, int status) {
    attempt.answered(status);
    attempt.end(Outcome.COMPLETED);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
  }

  private State state(String url) {
    return fixture.view(url).state();
  }

  /** How long a server stays away from now on, until a call may try it. */
  private Duration untilTrial(String url) {
    long from = fixture.ticker.nanos();
    while (!fixture.view(url).reason().endsWith("one call tries it")) {
      fixture.loop.advance(Duration.ofMillis(100));
      assertThat(fixture.ticker.nanos() - from).isLessThan(Duration.ofHours(1).toNanos());
    }
    return Duration.ofNanos(fixture.ticker.nanos() - from);
  }

  @Test
  void failures_asManyAsAllowed_ejectAndSayWhy() {
    fixture.apply(orders(2, server(A, 1), server(B, 1)));

    answer(A, 503);
    assertThat(state(A)).isEqualTo(State.UP);
    answer(A, 500);

    assertThat(state(A)).isEqualTo(State.EJECTED);
    assertThat(fixture.view(A).reason()).startsWith("answered 500; ejected for ");
    assertThat(fixture.view(A).effectiveWeight()).isZero();
    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 4));
    assertThat(fixture.listener.changes).containsExactly(A + " UP -> EJECTED (shows EJECTED)");
    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains(A + ": no turns: ejected: answered 500; ejected for ");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 200, 302, 404, 429, 499})
  void statuses_below500_ejectNobody(int status) {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));

    answer(A, status);

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"CONNECT_FAILED", "IO_FAILED"})
  void outcomes_thatAreFailures_eject(Outcome outcome) {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));

    attemptOn(A).end(outcome);
    fixture.loop.run();

    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void bodyCutShort_afterAGoodStatus_isAFailureAndNoSuccessBefore() {
    fixture.apply(orders(2, server(A, 1), server(B, 1)));

    for (int i = 0; i < 2; i++) {
      Attempt attempt = attemptOn(A);
      attempt.answered(200);
      attempt.end(Outcome.IO_FAILED);
      fixture.loop.run();
    }

    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void serverError_whoseBodyIsCutToo_countsOnce() {
    fixture.apply(orders(2, server(A, 1), server(B, 1)));

    Attempt attempt = attemptOn(A);
    attempt.answered(503);
    attempt.end(Outcome.IO_FAILED);
    fixture.loop.run();

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void cancelled_saysNothing() {
    fixture.apply(orders(2, server(A, 1), server(B, 1)));

    answer(A, 503);
    Attempt cancelled = attemptOn(A);
    cancelled.answered(200);
    cancelled.end(Outcome.CANCELLED);
    attemptOn(A).end(Outcome.CANCELLED);
    fixture.loop.run();
    assertThat(state(A)).isEqualTo(State.UP);

    answer(A, 503);
    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void success_inBetween_emptiesTheList() {
    fixture.apply(orders(2, server(A, 1), server(B, 1)));

    answer(A, 503);
    answer(A, 200);
    answer(A, 503);

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void failures_furtherApartThanTheWindow_doNotCountTogether() {
    fixture.apply(orders(2, server(A, 1), server(B, 1)));

    answer(A, 503);
    fixture.loop.advance(WINDOW);
    answer(A, 503);
    assertThat(state(A)).isEqualTo(State.UP);

    fixture.loop.advance(WINDOW.minusSeconds(1));
    answer(A, 503);
    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void ejected_afterItsTime_oneCallTriesItAndBringsItBack() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);

    Duration away = untilTrial(A);
    assertThat(away).isBetween(Duration.ofSeconds(8), Duration.ofMillis(12_100));
    Attempt trial = attemptOn(A);
    assertThat(fixture.tally(10)).isEqualTo(Map.of(B, 10));
    assertThat(state(A)).isEqualTo(State.EJECTED);

    answer(trial, 200);
    assertThat(state(A)).isEqualTo(State.UP);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
  }

  @Test
  void trial_fails_staysAwayTwiceAsLongEachTimeUpToFiveMinutes() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);
    List<Duration> away = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      away.add(untilTrial(A));
      answer(A, 503);
    }

    for (int i = 0; i < 8; i++) {
      double full = Math.min(10.0 * (1 << i), 300);
      assertThat(away.get(i).toMillis() / 1e3)
          .as("ejection %d", i)
          .isBetween(full * 0.8 - 0.2, full * 1.2 + 0.2);
    }
  }

  @Test
  void healthyTime_takesDoublingsBack() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);
    for (int i = 0; i < 3; i++) {
      untilTrial(A);
      answer(A, 503);
    }
    untilTrial(A);
    answer(A, 200);

    fixture.loop.advance(WINDOW.multipliedBy(6 * 4));
    answer(A, 503);

    assertThat(untilTrial(A)).isLessThan(Duration.ofMillis(12_200));
  }

  @Test
  void trial_cancelled_anotherCallTries() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);
    untilTrial(A);

    attemptOn(A).end(Outcome.CANCELLED);
    answer(A, 204);

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void trial_neverHeardOf_anotherCallTriesAfterAWindow() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);
    untilTrial(A);
    attemptOn(A);

    fixture.loop.advance(WINDOW);
    answer(A, 200);

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void callsBegunBefore_decideNoTrial() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    Attempt old = attemptOn(A);
    answer(A, 503);
    untilTrial(A);

    answer(old, 200);

    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void session_ofAnEjectedServer_moves() {
    fixture.apply(
        pool("orders", STICKY, null, server(A, 1), server(B, 1))
            .with(new PassiveHealthCheckSpec(WINDOW, 1)));
    Attempt first = attemptOn(A);
    String session = first.setCookies().value().replaceFirst(";.*", "");
    answer(first, 503);

    assertThat(fixture.call(session)).isEqualTo(B);
  }

  @Test
  void activeCheck_theNextGoodProbeRestores_atTheUnhealthyInterval() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(new PassiveHealthCheckSpec(WINDOW, 1)));
    fixture.verdict(true, A, B);
    answer(A, 503);
    assertThat(fixture.view(A).reason()).isEqualTo("answered 503; until a probe succeeds");

    fixture.loop.advance(Duration.ofMillis(2_300));
    assertThat(fixture.prober.countOf(A)).isEqualTo(2);
    assertThat(fixture.prober.countOf(B)).isEqualTo(1);
    fixture.verdict(true, A);

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void activeCheck_probeThatBeganBefore_restoresNothing() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(new PassiveHealthCheckSpec(WINDOW, 1)));
    fixture.verdict(true, A, B);
    while (fixture.prober.countOf(A) == 1) {
      fixture.loop.advance(Duration.ofMillis(100));
    }
    answer(A, 503);

    fixture.verdict(true, A);
    assertThat(state(A)).isEqualTo(State.EJECTED);

    fixture.loop.advance(Duration.ofMillis(2_300));
    fixture.verdict(true, A);
    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void activeCheck_failsTheEjectedServer_isDown() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(new PassiveHealthCheckSpec(WINDOW, 1)));
    fixture.verdict(true, A, B);
    answer(A, 503);

    fixture.loop.advance(Duration.ofMillis(2_300));
    fixture.verdict(false, A);
    assertThat(state(A)).isEqualTo(State.DOWN);

    fixture.loop.advance(Duration.ofMillis(2_300));
    fixture.verdict(true, A);
    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void limit_halfOfTheWeightIsOut_noneMoreGoes() {
    fixture.apply(orders(1, server(A, 1), server(B, 1), server(C, 1)));
    answer(A, 503);
    answer(B, 503);

    assertThat(state(B)).isEqualTo(State.UP);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 2, C, 2));
  }

  @Test
  void limit_byWeightAndNotByNumber() {
    fixture.apply(limited(30, server(A, 1), server(B, 1), server(C, 8)));
    answer(A, 503);
    answer(B, 503);

    assertThat(state(B)).isEqualTo(State.EJECTED);
    answer(C, 503);
    assertThat(state(C)).isEqualTo(State.UP);
  }

  @Test
  void limit_aServerOfMostOfTheWeight_goesAsTheFirst() {
    fixture.apply(orders(1, server(A, 9), server(B, 1)));

    answer(A, 503);

    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void limit_theOnlyServer_staysAndIsEjectedOnceAnotherIsThere() {
    fixture.apply(orders(1, server(A, 1)));
    for (int i = 0; i < 5; i++) {
      answer(A, 503);
    }
    assertThat(state(A)).isEqualTo(State.UP);

    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);

    assertThat(state(A)).isEqualTo(State.EJECTED);
  }

  @Test
  void limit_hundredPercent_letsTheLastGoAsTraefikDoes() {
    fixture.apply(limited(100, server(A, 1)));

    answer(A, 503);

    assertThat(fixture.open().next()).isNull();
    assertThat(fixture.open().unavailable()).hasMessageContaining(A + " ejected: answered 503");
  }

  @Test
  void limit_zero_ejectsNobody() {
    fixture.apply(limited(0, server(A, 1), server(B, 1)));

    answer(A, 503);

    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void parent_goesByPassiveHealth_failsOverAndComesBack() {
    LoadBalancerSpec first =
        pool("first", null, null, server(A, 1)).with(new PassiveHealthCheckSpec(WINDOW, 1));
    fixture.apply(
        new FailoverSpec("orders", "first", "second", false),
        first,
        pool("second", null, null, server(B, 1)));
    assertThat(first.isReporting()).isTrue();
    answer(attemptOn(A), 503);

    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
    fixture.loop.advance(Duration.ofSeconds(13));

    assertThat(fixture.call()).isEqualTo(A);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
    assertThat(fixture.tally(3)).isEqualTo(Map.of(A, 3));
  }

  @Test
  void reload_ejectedServerThatStays_isStillEjected() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    answer(A, 503);

    fixture.apply(orders(1, server(A, 2), server(B, 1)));
    assertThat(state(A)).isEqualTo(State.EJECTED);

    fixture.apply(pool("orders", null, null, server(A, 2), server(B, 1)));
    assertThat(state(A)).isEqualTo(State.UP);
  }

  @Test
  void verdicts_ofAThousandFailures_areOneTask() {
    fixture.apply(orders(1, server(A, 1), server(B, 1)));
    List<Attempt> attempts = Stream.generate(() -> attemptOn(A)).limit(1000).toList();

    attempts.forEach(attempt -> attempt.answered(500));

    assertThat(fixture.loop.waitingTasks()).isEqualTo(1);
    fixture.loop.run();
    assertThat(fixture.listener.changes).hasSize(1);
  }

  @Test
  void exchange_openedBefore_doesNotGoThere() {
    fixture.apply(limited(100, server(A, 1)));
    Exchange openedBefore = fixture.open();

    answer(A, 503);

    assertThat(openedBefore.next()).isNull();
    assertThat(HealthRulesSpec.DEFAULT.maxEjectedPercent()).isEqualTo(50);
  }
}
