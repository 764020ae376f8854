package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Attempt;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordTest {
  private final Fixture fixture = new Fixture();

  @BeforeEach
  void listen() {
    fixture.apply(
        pool("orders", null, CHECK.withWeightHeader("X-Weight"), server(A, 10), server(B, 10)));
    fixture.verdict(true, B);
  }

  /** The next probe of A brings a word. */
  private void says(String word) {
    long before = fixture.prober.countOf(A);
    while (fixture.prober.underWay().stream().noneMatch(probe -> probe.url.equals(A))) {
      fixture.loop.advance(Duration.ofMillis(100));
      fixture.prober.underWay().stream()
          .filter(probe -> probe.url.equals(B))
          .forEach(probe -> probe.answer(true, "probe answered 200"));
      assertThat(fixture.prober.countOf(A)).isLessThanOrEqualTo(before + 1);
    }
    fixture
        .prober
        .last(A)
        .answer(new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, word)));
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
  }

  @ParameterizedTest
  @CsvSource({"50%, 5", "100%, 10", "' 25% ', 2.5", "1%, 0.1", "250%, 10"})
  void firstWord_countsAtOnce(String word, double weight) {
    says(word);

    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(weight);
    assertThat(fixture.view(A).weight()).isEqualTo(10);
  }

  @Test
  void laterWords_moveTheShareHalfway() {
    says("100%");
    says("20%");
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(6);
    assertThat(fixture.view(A).reason()).isEqualTo("the server asks for 20 %, has 60 %");

    for (int i = 0; i < 10; i++) {
      says("20%");
    }
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(2);
    says(null);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "DRAIN", "0%"})
  void drain_isAFenceWhileItSaysSo(String word) {
    says("100%");
    says(word);

    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(A).reason()).isEqualTo("the server asks to be drained");
    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
    says("100%");
    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
  }

  @Test
  void drainInSeconds_isADrainThatCountsFromTheFirstTime() {
    fixture.apply(
        pool("orders", STICKY, CHECK.withWeightHeader("X-Weight"), server(A, 10), server(B, 10)));
    says("100%");
    String cookie = sessionOnA();
    says("drain 30");
    assertThat(fixture.view(A).reason()).isEqualTo("the server asks to be drained; draining");
    assertThat(fixture.call(cookie)).isEqualTo(A);

    says("drain 30");
    says("drain 20");
    assertThat(fixture.view(A).drainRemaining()).isBetween(Duration.ZERO, Duration.ofSeconds(13));
    fixture.loop.advance(Duration.ofSeconds(13));

    assertThat(fixture.call(cookie)).isEqualTo(B);
    assertThat(fixture.view(A).reason()).isEqualTo("the server asks to be drained; drained");
    fixture.balancer.unfence("orders", A);
    assertThat(fixture.call(cookie)).as("its word stands").isEqualTo(B);
    says("100%");
    assertThat(fixture.call(cookie)).isEqualTo(A);
  }

  @Test
  void drain_byHandAndByItsWord_endsWithTheEarlierDeadline() {
    says("drain");
    fixture.balancer.drain("orders", A, Duration.ofSeconds(60));
    assertThat(fixture.view(A).drainRemaining()).isEqualTo(Duration.ofSeconds(60));

    says("drain 5");

    assertThat(fixture.view(A).drainRemaining())
        .isEqualTo(Duration.ofSeconds(5).minus(ServiceRegistry.MIN_DISTANCE));
  }

  private String sessionOnA() {
    Attempt first = fixture.open().next();
    Attempt second = fixture.open().next();
    Attempt attempt = first.server().url().equals(A) ? first : second;
    assertThat(attempt.server().url()).isEqualTo(A);
    return attempt.setCookies().value().replaceFirst(";.*", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "half",
        "drains",
        "drain now",
        "drain -1",
        "drain 999999999",
        "50",
        "-5%",
        "",
        "99999%"
      })
  void otherWords_changeNothing(String word) {
    says("50%");
    says(word);

    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(5);
  }

  @Test
  void weightByHand_andTheWord_areMultiplied() {
    says("50%");
    fixture.balancer.setWeight("orders", A, 40);

    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(20);
    assertThat(fixture.tally(6)).isEqualTo(Map.of(A, 4, B, 2));
  }

  @Test
  void reload_withoutTheHeader_forgetsTheWord() {
    says("drain");

    fixture.apply(pool("orders", null, CHECK, server(A, 10), server(B, 10)));

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(10);
  }
}
