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
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanicTest {
  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(String name, int percent) {
    return pool(name, STICKY, CHECK, server(A, 2), server(B, 1), server(C, 1))
        .with(Rules.extras(Rules.panic(percent)));
  }

  @Test
  void threshold_lessOfTheWeightIsUp_healthIsIgnored() {
    fixture.apply(orders("orders", 50));
    fixture.verdict(false, A);
    fixture.verdict(true, B, C);
    assertThat(fixture.tally(4)).as("exactly the threshold").isEqualTo(Map.of(B, 2, C, 2));
    assertThat(fixture.service().status()).isEqualTo("UP");

    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(true, B);
    fixture.verdict(false, C);

    assertThat(fixture.tally(8)).isEqualTo(Map.of(A, 4, B, 2, C, 2));
    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(2);
    assertThat(fixture.service().status()).isEqualTo("PANIC");
    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains("too little of the weight is up: health is ignored")
        .contains(A + ": 50.0 % of the turns (weight 2 of 4); probe ");
  }

  @Test
  void zero_everythingDown_callsFail() {
    fixture.apply(orders("orders", 0));
    fixture.verdict(false, A, B, C);

    assertThat(fixture.open().next()).isNull();
    assertThat(fixture.service().status()).isEqualTo("DOWN");
  }

  @Test
  void fencedServers_takeNoCallsInPanicAndDoNotCount() {
    fixture.apply(orders("orders", 60));
    fixture.verdict(true, A);
    fixture.verdict(false, B, C);
    fixture.balancer.fence("orders", A);

    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 2, C, 2));
  }

  @Test
  void sessions_ofServersThatAreDown_stay() {
    fixture.apply(orders("orders", 100));
    fixture.verdict(true, A, B, C);
    String cookie = fixture.open().next().setCookies().value().replaceFirst(";.*", "");
    String url = fixture.call(cookie);

    fixture.loop.advance(Duration.ofSeconds(12));
    fixture.verdict(false, url);

    assertThat(fixture.call(cookie)).isEqualTo(url);
  }

  @Test
  void start_noVerdictYet_isNoPanic() {
    fixture.apply(orders("orders", 100));

    assertThat(fixture.service().status()).isEqualTo("UP");
  }

  @Test
  void parent_thatHasAnother_goesThereInsteadOfPanicking() {
    String other = "http://10.0.0.9:8080";
    fixture.apply(
        new FailoverSpec("orders", "first", "second", false),
        orders("first", 50),
        pool("second", null, null, server(other, 1)));
    fixture.verdict(false, A, B, C);

    assertThat(fixture.tally(3)).isEqualTo(Map.of(other, 3));
  }

  @Test
  void recovery_enoughIsUp_endsThePanic() {
    fixture.apply(orders("orders", 50));
    fixture.verdict(false, A, B, C);
    assertThat(fixture.tally(4)).containsOnlyKeys(A, B, C);

    fixture.loop.advance(Duration.ofSeconds(3));
    fixture.verdict(true, A);

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 4));
  }
}
