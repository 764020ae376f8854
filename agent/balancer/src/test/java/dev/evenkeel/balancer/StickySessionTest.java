package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.server;
import static dev.evenkeel.balancer.Fixture.stickyOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickySessionTest {
  private static final String ONE = "http://127.0.0.1:8081";
  private static final String TWO = "http://127.0.0.1:8082";
  private static final String COOKIE_ONE = "lb=08d5f409490f61fc";
  private static final String COOKIE_TWO = "lb=6bf4bc2f5d722cee";

  private final Fixture fixture = new Fixture();

  @BeforeEach
  void applyTwoServers() {
    fixture.apply(stickyOrders(server(ONE, 1), server(TWO, 1)));
  }

  @Test
  void next_withoutACookie_bindsTheSessionToThePickedServer() {
    Attempt attempt = fixture.open().next();

    String cookie = attempt.server().url().equals(ONE) ? COOKIE_ONE : COOKIE_TWO;
    assertThat(attempt.setCookies().value()).isEqualTo(cookie + "; Path=/; HttpOnly");
  }

  @Test
  void next_withACookie_staysThereAndWritesNone() {
    for (int i = 0; i < 10; i++) {
      Attempt attempt = fixture.open("a=b; " + COOKIE_TWO).next();

      assertThat(attempt.server().url()).isEqualTo(TWO);
      assertThat(attempt.setCookies()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lb=" + ONE, "lb=5a1cc52f3f46040d", "lb=7d49894b220072d2"})
  void next_withALegacyCookie_staysThereAndWritesTheNewForm(String cookie) {
    Attempt attempt = fixture.open(cookie).next();

    assertThat(attempt.server().url()).isEqualTo(ONE);
    assertThat(attempt.setCookies().value()).isEqualTo(COOKIE_ONE + "; Path=/; HttpOnly");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lb=ffffffffffffffff", "lb=", "other=08d5f409490f61fc", "LB=x"})
  void next_withACookieThatNamesNoServer_isANewSession(String cookie) {
    assertThat(fixture.open(cookie).next().setCookies().value()).startsWith("lb=");
  }

  @Test
  void next_twoCookies_readsTheFirst() {
    assertThat(fixture.call(COOKIE_TWO + "; " + COOKIE_ONE)).isEqualTo(TWO);
    assertThat(fixture.open("lb=none; " + COOKIE_ONE).next().setCookies()).isNotNull();
  }

  @Test
  void next_serviceWithoutSticky_neitherReadsNorWrites() {
    fixture.apply(Fixture.orders(server(ONE, 1), server(TWO, 1)));

    assertThat(fixture.open(COOKIE_ONE).next().setCookies()).isNull();
    assertThat(List.of(fixture.call(COOKIE_ONE), fixture.call(COOKIE_ONE))).contains(ONE, TWO);
  }

  @Test
  void next_sessionsServerNotReached_movesTheSession() {
    Exchange exchange = fixture.open(COOKIE_ONE);
    exchange.next().end(Outcome.CONNECT_FAILED);

    Attempt second = exchange.next();

    assertThat(second.server().url()).isEqualTo(TWO);
    assertThat(second.setCookies().value()).startsWith(COOKIE_TWO + ";");
  }

  @Test
  void next_sessionsServerDown_movesTheSession() {
    fixture.apply(
        LoadBalancerSpec.of(
            "orders", List.of(server(ONE, 1), server(TWO, 1)), STICKY, CHECK, true));
    fixture.verdict(false, ONE);

    Attempt attempt = fixture.open(COOKIE_ONE).next();

    assertThat(attempt.server().url()).isEqualTo(TWO);
    assertThat(attempt.setCookies().value()).startsWith(COOKIE_TWO + ";");
  }

  @Test
  void next_sessionsServerGone_movesTheSession() {
    fixture.apply(stickyOrders(server(TWO, 1)));

    Attempt attempt = fixture.open(COOKIE_ONE).next();

    assertThat(attempt.server().url()).isEqualTo(TWO);
    assertThat(attempt.setCookies().value()).startsWith(COOKIE_TWO + ";");
  }

  @Test
  void next_sessionsServerFenced_stays() {
    fixture.balancer.fence("orders", ONE);

    Attempt attempt = fixture.open(COOKIE_ONE).next();

    assertThat(attempt.server().url()).isEqualTo(ONE);
    assertThat(attempt.setCookies()).isNull();
    assertThat(fixture.tally(4)).isEqualTo(Map.of(TWO, 4));
  }

  @Test
  void next_sessionsServerHasWeightZero_stays() {
    fixture.balancer.setWeight("orders", ONE, 0);

    assertThat(fixture.call(COOKIE_ONE)).isEqualTo(ONE);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(TWO, 4));
  }

  @Test
  void next_allServersFenced_onlySessionsPass() {
    fixture.balancer.fence("orders", ONE);
    fixture.balancer.fence("orders", TWO);

    assertThat(fixture.call(COOKIE_TWO)).isEqualTo(TWO);
    assertThat(fixture.open().next()).isNull();
  }

  @Test
  void next_newSessions_areExactByWeight() {
    fixture.apply(stickyOrders(server(A, 3), server(B, 2), server(C, 1)));

    assertThat(fixture.tally(6)).isEqualTo(Map.of(A, 3, B, 2, C, 1));
  }

  @Test
  void next_sessionsWhileHealthFlips_stayOnTheirServer() {
    fixture.apply(
        LoadBalancerSpec.of(
            "orders", List.of(server(ONE, 1), server(TWO, 1)), STICKY, CHECK, true));
    fixture.verdict(true, TWO);

    assertThat(fixture.call(COOKIE_ONE)).as("not tested yet, but bound").isEqualTo(ONE);
  }
}
