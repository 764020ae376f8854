package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.spi.Attempt;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FencedTest {
  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(String... fenced) {
    return pool("orders", Fixture.STICKY, null, server(A, 1), server(B, 1))
        .with(ExtrasSpec.NONE.with(Rules.fenced(fenced)));
  }

  @Test
  void list_namesAServer_takesNewCallsAwayFromIt() {
    fixture.apply(orders(A));

    assertThat(fixture.tally(4)).isEqualTo(Map.of(B, 4));
    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(A).reason()).isEqualTo("fenced by the configuration");
  }

  @Test
  void list_changes_isAppliedAndSessionsStay() {
    fixture.apply(orders());
    Attempt first = fixture.open().next();
    String session = first.setCookies().value().replaceFirst(";.*", "");
    String url = first.server().url();

    fixture.apply(orders(url));

    assertThat(fixture.call(session)).isEqualTo(url);
    assertThat(fixture.tally(4)).containsOnlyKeys(url.equals(A) ? B : A);
    fixture.apply(orders());
    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 2, B, 2));
    assertThat(fixture.listener.changes)
        .containsExactly(url + " UP -> FENCED (shows FENCED)", url + " FENCED -> UP (shows UP)");
  }

  @Test
  void list_staysOverAReload_leavesWhatWasDoneByHand() {
    fixture.apply(orders(A));
    fixture.balancer.unfence("orders", A);
    fixture.balancer.fence("orders", B);

    fixture.apply(orders(A));

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 4));
    assertThat(fixture.view(B).reason()).isEmpty();
  }

  @Test
  void list_changesForAServer_overrulesWhatWasDoneByHandThere() {
    fixture.apply(orders(A));
    fixture.balancer.unfence("orders", A);
    fixture.apply(orders());
    fixture.balancer.fence("orders", B);

    fixture.apply(orders(A));

    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(B).state()).isEqualTo(State.FENCED);
  }

  @Test
  void list_namesEveryServer_callsFailAndSayWhy() {
    fixture.apply(orders(A, B));

    assertThat(fixture.open().next()).isNull();
    assertThat(fixture.open().unavailable())
        .hasMessage("service orders: no server available (" + A + " fenced; " + B + " fenced)");
  }
}
