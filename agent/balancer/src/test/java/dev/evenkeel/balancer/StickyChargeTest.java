package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static dev.evenkeel.balancer.Fixture.stickyOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.StrategySpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickyChargeTest {
  private static final String ONE = "http://127.0.0.1:8081";
  private static final String TWO = "http://127.0.0.1:8082";
  private static final String COOKIE_ONE = "lb=08d5f409490f61fc";

  private final Fixture fixture = new Fixture();

  /** Calls of a session on ONE, each followed by some without a session. */
  private Map<String, Integer> mixed(int rounds, int othersPerRound) {
    Map<String, Integer> tally = new TreeMap<>();
    for (int i = 0; i < rounds; i++) {
      assertThat(fixture.call(COOKIE_ONE)).isEqualTo(ONE);
      tally.merge(ONE, 1, Integer::sum);
      for (int other = 0; other < othersPerRound; other++) {
        tally.merge(fixture.call(), 1, Integer::sum);
      }
    }
    return tally;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 1, 3", "2, 1, 2", "3, 2, 4", "1, 3, 9"})
  void call_ofASession_isPaidForByItsServersTurns(int weightOne, int weightTwo, int others) {
    fixture.apply(stickyOrders(server(ONE, weightOne), server(TWO, weightTwo)));

    int rounds = 120;
    Map<String, Integer> tally = mixed(rounds, others);

    double ideal = (double) rounds * (1 + others) * weightOne / (weightOne + weightTwo);
    assertThat((double) tally.get(ONE)).isBetween(ideal - weightOne - 1, ideal + weightOne + 1);
  }

  @Test
  void calls_afterAHotSession_areKeptAwayForItsWeightOnly() {
    fixture.apply(stickyOrders(server(ONE, 3), server(TWO, 3)));
    for (int i = 0; i < 1_000; i++) {
      fixture.call(COOKIE_ONE);
    }

    Map<String, Integer> next = fixture.tally(9);

    assertThat(next.get(ONE)).isGreaterThanOrEqualTo(3);
    assertThat(fixture.tally(6)).isEqualTo(Map.of(ONE, 3, TWO, 3));
  }

  @Test
  void call_ofASession_isChargedUnderP2cToo() {
    fixture.apply(
        pool("orders", STICKY, null, server(ONE, 1), server(TWO, 1)).with(StrategySpec.P2C));

    assertThat(mixed(100, 1).get(TWO)).isBetween(98, 101);
  }

  @Test
  void call_ofASessionOnAParent_isPaidForByTheChildsTurns() {
    fixture.apply(
        new WeightedSpec(
            "orders", List.of(new ChildSpec(ONE, 1), new ChildSpec(TWO, 1)), STICKY, false),
        pool(ONE, null, null, server(ONE, 1)),
        pool(TWO, null, null, server(TWO, 1)));

    assertThat(mixed(100, 1).get(TWO)).isBetween(98, 101);
  }

  @Test
  void debt_overAReload_stays() {
    fixture.apply(stickyOrders(server(ONE, 5), server(TWO, 5)));
    for (int i = 0; i < 5; i++) {
      fixture.call(COOKIE_ONE);
    }

    fixture.apply(stickyOrders(server(TWO, 5), server(ONE, 5)));

    assertThat(fixture.tally(5)).as("5 of 10 are behind ONE").isEqualTo(Map.of(TWO, 5));
  }
}
