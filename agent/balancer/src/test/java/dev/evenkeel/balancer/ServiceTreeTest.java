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

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTreeTest {
  private static final StickyCookieSpec OUTER =
      new StickyCookieSpec("lvl1", false, false, null, 0, "", "");

  private final Fixture fixture = new Fixture();

  private static ServiceSpec weighted(boolean isHealthPropagated, ChildSpec... children) {
    return new WeightedSpec("orders", List.of(children), null, isHealthPropagated);
  }

  private static ChildSpec child(String name, int weight) {
    return new ChildSpec(name, weight);
  }

  private static List<String> cookies(Attempt attempt) {
    List<String> values = new ArrayList<>();
    for (SetCookie c = attempt.setCookies(); c != null; c = c.next()) {
      values.add(c.value().replaceFirst(";.*", ""));
    }
    return values;
  }

  /** Lets the next round of probes begin. */
  private void nextProbes() {
    fixture.loop.advance(Duration.ofSeconds(12));
  }

  private static Attempt answered(Attempt attempt) {
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
    return attempt;
  }

  @Test
  void weighted_children_takeTheirSharesAndShareThemOut() {
    fixture.apply(
        weighted(false, child("v1", 3), child("v2", 1)),
        pool("v1", null, null, server(A, 2), server(B, 1)),
        pool("v2", null, null, server(C, 1)));

    assertThat(fixture.tally(12)).isEqualTo(Map.of(A, 6, B, 3, C, 3));
    assertThat(fixture.service().calls()).isEqualTo(12);
    assertThat(fixture.balancer.services().get(1).calls()).isEqualTo(9);
    assertThat(fixture.service().children()).containsExactly("v1", "v2");
    assertThat(fixture.service().servers()).isEmpty();
  }

  @Test
  void weighted_childListedTwice_takesBothShares() {
    fixture.apply(
        weighted(false, child("v1", 1), child("v2", 1), child("v1", 1)),
        pool("v1", null, null, server(A, 1)),
        pool("v2", null, null, server(B, 1)));

    assertThat(fixture.tally(9)).isEqualTo(Map.of(A, 6, B, 3));
  }

  @Test
  void weighted_childDownAndPropagated_sharesGoToTheOthersExactly() {
    fixture.apply(
        weighted(true, child("v1", 2), child("v2", 1), child("v3", 1)),
        pool("v1", null, CHECK, server(A, 1)),
        pool("v2", null, CHECK, server(B, 1)),
        pool("v3", null, CHECK, server(C, 1)));
    fixture.verdict(true, B, C);
    fixture.verdict(false, A);

    assertThat(fixture.tally(6)).isEqualTo(Map.of(B, 3, C, 3));

    nextProbes();
    fixture.verdict(false, B, C);
    assertThat(fixture.service().status()).isEqualTo("DOWN");
  }

  @Test
  void weighted_childDownAndNotPropagated_noCallFails() {
    fixture.apply(
        weighted(false, child("v1", 3), child("v2", 1)),
        pool("v1", null, CHECK, server(A, 1)),
        pool("v2", null, CHECK, server(B, 1)));
    fixture.verdict(true, B);
    fixture.verdict(false, A);

    assertThat(fixture.tally(20)).isEqualTo(Map.of(B, 20));
  }

  @Test
  void weighted_serverNotReached_callMovesToAServerOfAnotherChild() {
    fixture.apply(
        weighted(false, child("v1", 1), child("v2", 1)),
        pool("v1", null, null, server(A, 1)),
        pool("v2", null, null, server(B, 1)));
    Exchange exchange = fixture.open();

    Attempt first = exchange.next();
    first.end(Outcome.CONNECT_FAILED);
    Attempt second = exchange.next();
    second.end(Outcome.CONNECT_FAILED);

    assertThat(List.of(first.server().url(), second.server().url()))
        .containsExactlyInAnyOrder(A, B);
    assertThat(exchange.next()).isNull();
    assertThat(exchange.unavailable())
        .hasMessage(
            "service orders: no server available (" + A + " not reached; " + B + " not reached)");
  }

  @Test
  void sticky_onBothLevels_oneCookieEachAndBothAreNeeded() {
    fixture.apply(
        new WeightedSpec("orders", List.of(child("v1", 1), child("v2", 1)), OUTER, false),
        pool("v1", STICKY, null, server(A, 1), server(B, 1)),
        pool("v2", STICKY, null, server(C, 1)));
    Attempt first = answered(fixture.open().next());
    String both = String.join("; ", cookies(first));

    assertThat(cookies(first))
        .satisfiesExactly(
            outer -> assertThat(outer).startsWith("lvl1="),
            inner -> assertThat(inner).startsWith("lb="));
    for (int i = 0; i < 20; i++) {
      Attempt next = answered(fixture.open(both).next());
      assertThat(next.server().url()).isEqualTo(first.server().url());
      assertThat(next.setCookies()).isNull();
    }
  }

  @Test
  void sticky_childOfWeightZero_keepsItsSessionsAndGetsNoNewOnes() {
    ServiceSpec v1 = pool("v1", null, null, server(A, 1));
    ServiceSpec v2 = pool("v2", null, null, server(B, 1));
    fixture.apply(
        new WeightedSpec("orders", List.of(child("v1", 1), child("v2", 0)), OUTER, false), v1, v2);
    String session = String.join("; ", cookies(answered(fixture.open().next())));

    fixture.apply(
        new WeightedSpec("orders", List.of(child("v1", 0), child("v2", 1)), OUTER, false), v1, v2);

    assertThat(fixture.call(session)).isEqualTo(A);
    assertThat(fixture.tally(5)).isEqualTo(Map.of(B, 5));
  }

  @Test
  void sticky_childDown_sessionMovesAndBothCookiesAreWrittenAnew() {
    fixture.apply(
        new WeightedSpec("orders", List.of(child("v1", 1), child("v2", 1)), OUTER, false),
        pool("v1", STICKY, CHECK, server(A, 1)),
        pool("v2", STICKY, CHECK, server(B, 1)));
    fixture.verdict(true, A, B);
    Attempt first = answered(fixture.open().next());
    String session = String.join("; ", cookies(first));
    String other = first.server().url().equals(A) ? B : A;

    nextProbes();
    fixture.verdict(true, other);
    fixture.verdict(false, first.server().url());
    Attempt moved = answered(fixture.open(session).next());

    assertThat(moved.server().url()).isEqualTo(other);
    assertThat(cookies(moved)).hasSize(2);
  }

  @Test
  void failover_followsTheFirstServicesHealth() {
    fixture.apply(
        new FailoverSpec("orders", "main", "backup", false),
        pool("main", null, CHECK, server(A, 1)),
        pool("backup", null, null, server(B, 1)));
    fixture.verdict(true, A);
    assertThat(fixture.tally(3)).isEqualTo(Map.of(A, 3));

    nextProbes();
    fixture.verdict(false, A);
    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));

    nextProbes();
    fixture.verdict(true, A);
    assertThat(fixture.tally(3)).isEqualTo(Map.of(A, 3));
  }

  @Test
  void failover_firstServiceNotReached_callMovesToTheFallback() {
    fixture.apply(
        new FailoverSpec("orders", "main", "backup", false),
        pool("main", null, CHECK, server(A, 1)),
        pool("backup", null, null, server(B, 1)));
    fixture.verdict(true, A);
    Exchange exchange = fixture.open();
    exchange.next().end(Outcome.CONNECT_FAILED);

    assertThat(answered(exchange.next()).server().url()).isEqualTo(B);
  }

  @Test
  void reload_kindChanged_serversOfTheOthersKeepTheirState() {
    ServiceSpec leaf = pool("leaf", null, CHECK, server(A, 1));
    ServiceSpec other = pool("other", null, CHECK, server(B, 1));
    fixture.apply(weighted(true, child("leaf", 1), child("other", 1)), leaf, other);
    fixture.verdict(false, A);
    fixture.verdict(true, B);

    fixture.apply(new FailoverSpec("orders", "leaf", "other", true), leaf, other);

    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 3));
    assertThat(fixture.service().kind()).isEqualTo("failover");
  }

  @Test
  void child_ofTwoParents_isOneService() {
    fixture.apply(
        weighted(false, child("shared", 1)),
        new WeightedSpec("users", List.of(child("shared", 1)), null, false),
        pool("shared", null, null, server(A, 1), server(B, 1)));
    String first = fixture.call();
    Attempt second = answered(fixture.balancer.open("users", "", Fixture.READER).next());

    assertThat(second.server().url()).isNotEqualTo(first);
  }

  @Test
  void explain_tree_namesSharesOnEveryLevel() {
    fixture.apply(
        weighted(false, child("v1", 3), child("v2", 1)),
        new FailoverSpec("v1", "main", "backup", false),
        pool("v2", null, null, server(C, 1)),
        pool("main", null, CHECK, server(A, 1)),
        pool("backup", null, null, server(B, 1)));
    fixture.verdict(false, A);

    assertThat(fixture.balancer.explain("GET", "http://orders/x"))
        .isEqualTo(
            """
            GET http://orders/x
              service orders (weighted, wrr)
              service v1: 75.0 % of the turns (weight 3 of 4)
                service v1 (failover)
                  down:
                    service main (loadBalancer, wrr)
                      no server takes new calls: such a call fails
                      http://10.0.0.1:8080: no turns: down: probe answered 503
                  takes the calls:
                    service backup (loadBalancer, wrr)
                      http://10.0.0.2:8080: 100.0 % of the turns (weight 1 of 1)
              service v2: 25.0 % of the turns (weight 1 of 4)
                service v2 (loadBalancer, wrr)
                  http://10.0.0.3:8080: 100.0 % of the turns (weight 1 of 1)
            """);
  }

  @Test
  void apply_referenceThatLeadsNowhere_isRefused() {
    assertThatThrownBy(() -> fixture.apply(weighted(false, child("v1", 1))))
        .hasMessageContaining("the service \"v1\" does not exist");
  }
}
