package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.StrategySpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeastTimeBalancingTest {
  private static final Duration GOOD = Duration.ofMillis(3);

  private final Fixture fixture = new Fixture();
  private final Map<String, Integer> tries = new HashMap<>();

  private static ServiceSpec leastTime(StickyCookieSpec sticky, ServerSpec... servers) {
    return pool("orders", sticky, null, servers).with(StrategySpec.LEASTTIME);
  }

  private Attempt next(Exchange exchange) {
    Attempt attempt = exchange.next();
    tries.merge(attempt.server().url(), 1, Integer::sum);
    return attempt;
  }

  private void answer(Attempt attempt, int status, Duration taken) {
    fixture.ticker.advance(taken);
    attempt.answered(status);
    attempt.end(Outcome.COMPLETED);
  }

  @Test
  void calls_oneServerRefusesConnections_tryItFiveTimesAtMost() {
    fixture.apply(leastTime(null, server(A, 1), server(B, 1), server(C, 1)));

    for (int i = 0; i < 300; i++) {
      Exchange exchange = fixture.open();
      Attempt attempt = next(exchange);
      while (attempt.server().url().equals(B)) {
        attempt.end(Outcome.CONNECT_FAILED);
        attempt = next(exchange);
      }
      answer(attempt, 200, GOOD);
    }

    assertThat(tries.get(B)).isBetween(1, 5);
    assertThat(tries.get(A)).isBetween(135, 165);
    assertThat(tries.get(C)).isBetween(135, 165);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void calls_oneServerFailsFast_doNotGoThere(int status) {
    fixture.apply(leastTime(null, server(A, 1), server(B, 1)));

    for (int i = 0; i < 300; i++) {
      Attempt attempt = next(fixture.open());
      boolean isBad = attempt.server().url().equals(B);
      answer(attempt, isBad ? status : 200, isBad ? Duration.ofNanos(10_000) : GOOD);
    }

    assertThat(tries.get(B)).isBetween(1, 5);
  }

  @Test
  void calls_oneServerAnswers404Fast_goThere() {
    fixture.apply(leastTime(null, server(A, 1), server(B, 1)));

    for (int i = 0; i < 300; i++) {
      Attempt attempt = next(fixture.open());
      boolean isFast = attempt.server().url().equals(B);
      answer(attempt, isFast ? 404 : 200, isFast ? Duration.ofMillis(1) : GOOD);
    }

    assertThat(tries.get(B)).isGreaterThan(250);
  }

  @Test
  void reload_serverStays_itsAverageStays() {
    fixture.apply(leastTime(null, server(A, 1), server(B, 1)));
    for (int i = 0; i < 4; i++) {
      Attempt attempt = next(fixture.open());
      answer(attempt, 200, attempt.server().url().equals(B) ? Duration.ofSeconds(1) : GOOD);
    }

    fixture.apply(leastTime(null, server(B, 1), server(A, 1), server(C, 1)));
    tries.clear();
    for (int i = 0; i < 100; i++) {
      answer(next(fixture.open()), 200, GOOD);
    }

    assertThat(tries.getOrDefault(B, 0)).isZero();
    assertThat(tries.get(C)).isBetween(45, 55);
  }

  @Test
  void callsOfASession_countAsTimesToo() {
    fixture.apply(leastTime(STICKY, server(A, 1), server(B, 1)));
    String session = next(fixture.open()).setCookies().value().replaceFirst(";.*", "");
    String bound = tries.keySet().iterator().next();

    answer(next(fixture.open(session)), 200, Duration.ofSeconds(1));
    answer(next(fixture.open(session)), 200, Duration.ofSeconds(1));
    tries.clear();
    for (int i = 0; i < 50; i++) {
      answer(next(fixture.open()), 200, GOOD);
    }

    assertThat(tries.getOrDefault(bound, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void attempt_anyEndWithoutHeaders_waitsNoMore(Outcome outcome) {
    fixture.apply(leastTime(null, server(A, 1), server(B, 1)));
    for (int i = 0; i < 2; i++) {
      Attempt attempt = fixture.open().next();
      fixture.ticker.advance(GOOD);
      attempt.end(i == 0 ? outcome : Outcome.COMPLETED);
      attempt.answered(200);
      attempt.end(outcome);
    }

    fixture.ticker.advance(Duration.ofDays(1));
    for (int i = 0; i < 100; i++) {
      answer(next(fixture.open()), 200, GOOD);
    }
    assertThat(tries).isEqualTo(Map.of(A, 50, B, 50));
  }

  @Test
  void strategy_changedWhileACallWaits_countsItOnce() {
    fixture.apply(leastTime(null, server(A, 1), server(B, 1)));
    Attempt before = fixture.open().next();
    fixture.apply(pool("orders", null, null, server(A, 1), server(B, 1)));
    Attempt between = fixture.open().next();
    fixture.apply(leastTime(null, server(A, 1), server(B, 1)));

    before.answered(200);
    between.answered(200);
    before.end(Outcome.COMPLETED);
    between.end(Outcome.COMPLETED);

    for (int i = 0; i < 100; i++) {
      answer(next(fixture.open()), 200, GOOD);
    }
    assertThat(tries).isEqualTo(Map.of(A, 50, B, 50));
  }
}
