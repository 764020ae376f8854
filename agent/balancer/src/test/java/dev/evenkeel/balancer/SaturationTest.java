package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.ResponseReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaturationTest {
  private final Fixture fixture = new Fixture();
  private final List<String> headersRead = new ArrayList<>();

  /** A response is its own Retry-After header, or empty for none. */
  private final ResponseReader<String> reader =
      (response, name, index) -> {
        headersRead.add(name);
        return index > 0 || response.isEmpty() ? null : response;
      };

  private static LoadBalancerSpec orders() {
    return pool("orders", STICKY, null, server(A, 1), server(B, 1))
        .with(Rules.extras(Rules.busyAt(429, 503)));
  }

  private void answer(String url, int status, String retryAfter) {
    Attempt attempt = fixture.open().next();
    while (!attempt.server().url().equals(url)) {
      attempt.end(Outcome.COMPLETED);
      attempt = fixture.open().next();
    }
    attempt.answered(status, retryAfter, reader);
    attempt.end(Outcome.COMPLETED);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
  }

  private void finish(Attempt attempt) {
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
  }

  @Test
  void status_configured_takesNewCallsAwayUntilItPasses() {
    fixture.apply(orders());

    answer(A, 429, "");

    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 4));
    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.view(A).reason()).isEqualTo("busy: answered 429");
    assertThat(fixture.view(A).effectiveWeight()).isZero();
    assertThat(fixture.listener.changes).isEmpty();
    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains(A + ": no turns: busy: answered 429");
    fixture.loop.advance(Duration.ofSeconds(5));
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
    assertThat(fixture.view(A).reason()).isEmpty();
  }

  @Test
  void status_other_meansNothingAndNoHeaderIsRead() {
    fixture.apply(orders());

    answer(A, 404, "100");

    assertThat(fixture.view(A).reason()).isEmpty();
    assertThat(headersRead).isEmpty();
  }

  @Test
  void sessions_ofABusyServer_stay() {
    fixture.apply(orders());
    Attempt first = fixture.open().next();
    String url = first.server().url();
    String session = first.setCookies().value().replaceFirst(";.*", "");
    finish(first);

    answer(url, 429, "");

    assertThat(fixture.call(session)).isEqualTo(url);
  }

  @Test
  void exchange_openedBefore_doesNotGoThere() {
    fixture.apply(orders());
    Exchange openedBefore = fixture.open();
    Exchange another = fixture.open();

    answer(A, 429, "");

    assertThat(openedBefore.next().server().url()).isEqualTo(B);
    assertThat(another.next().server().url()).isEqualTo(B);
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "1, 1", "' 7 ', 7", "soon, 5", "-1, 5", "99999999999, 3600", "86400, 3600"})
  void retryAfter_winsOverTheDuration(String header, int seconds) {
    fixture.apply(orders());

    answer(A, 429, header);

    fixture.loop.advance(Duration.ofSeconds(seconds).minusMillis(100));
    assertThat(fixture.view(A).reason()).isEqualTo("busy: answered 429");
    fixture.loop.advance(Duration.ofMillis(200));
    assertThat(fixture.view(A).reason()).isEmpty();
    assertThat(headersRead).containsExactly("Retry-After");
  }

  @Test
  void retryAfter_isADate_countsFromNow() {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");

    assertThat(Busy.length("Sat, 21 Nov 2026 10:00:30 GMT", Duration.ZERO, now))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(Busy.length("Sat, 21 Nov 2026 09:00:30 GMT", Duration.ofSeconds(5), now)).isZero();
    assertThat(Busy.length("Sun, 21 Nov 2027 10:00:30 GMT", Duration.ZERO, now))
        .isEqualTo(Busy.LONGEST);
    assertThat(Busy.length("21 Nov 2026", Duration.ofSeconds(5), now))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void retryAfter_zero_isNotBusy() {
    fixture.apply(orders());

    answer(A, 429, "0");

    assertThat(fixture.view(A).reason()).isEmpty();
  }

  @Test
  void allBusy_theyTakeCallsRatherThanFailing() {
    fixture.apply(orders());
    answer(A, 429, "60");
    answer(B, 429, "60");

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
    assertThat(fixture.service().status()).isEqualTo("UP");
  }

  @Test
  void notReached_theBusyOneIsTheLastResort() {
    fixture.apply(orders());
    answer(A, 429, "60");
    Exchange exchange = fixture.open();
    exchange.next().end(Outcome.CONNECT_FAILED);

    assertThat(exchange.next().server().url()).isEqualTo(A);
  }

  @Test
  void busyIsNotDead_noPassiveFailureEvenWith503() {
    fixture.apply(orders().with(new PassiveHealthCheckSpec(Duration.ofSeconds(10), 1)));

    answer(A, 503, "");

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.view(A).reason()).isEqualTo("busy: answered 503");
  }

  @Test
  void probe_answersTheStatus_isBusyAndNotDown() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(Rules.extras(Rules.busyAt(429))));
    fixture.verdict(true, B);

    fixture
        .prober
        .last(A)
        .answer(new Prober.Result(false, "probe answered 429", new Prober.Answer(429, "20", null)));
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.view(A).reason()).isEqualTo("busy: probe answered 429");
    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
  }

  @Test
  void probe_goodAgain_takesBackWhatWasSaidToProbesAndNotWhatWasSaidToCalls() {
    fixture.apply(
        pool("orders", null, CHECK, server(A, 1), server(B, 1))
            .with(Rules.extras(Rules.busyAt(429))));
    Prober.Result busy =
        new Prober.Result(false, "probe answered 429", new Prober.Answer(429, "3600", null));

    probe(busy);
    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
    probe(new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null)));
    assertThat(fixture.view(A).reason()).isEmpty();
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));

    answer(A, 429, "3600");
    probe(busy);
    probe(new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null)));
    assertThat(fixture.view(A).reason()).isEqualTo("busy: answered 429");
    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
  }

  /** The next probe of A comes back; those of B are good, whenever they are. */
  private void probe(Prober.Result result) {
    while (fixture.prober.last(A).isAnswered) {
      fixture.loop.advance(Duration.ofSeconds(1));
      fixture.verdict(true, B);
    }
    fixture.prober.last(A).answer(result);
    fixture.verdict(true, B);
  }

  @Test
  void aThousandAnswers_areOneTask() {
    fixture.apply(orders());
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      attempts.add(fixture.open().next());
    }

    attempts.forEach(attempt -> attempt.answered(429));

    assertThat(fixture.loop.waitingTasks()).isEqualTo(2);
  }

  @Test
  void reload_withoutTheOption_endsIt() {
    fixture.apply(orders());
    answer(A, 429, "60");

    fixture.apply(pool("orders", STICKY, null, server(A, 1), server(B, 1)));

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
  }
}
