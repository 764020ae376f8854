package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.checkedOrders;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadTest {
  private final Fixture fixture = new Fixture();

  @Test
  void apply_serverThatStays_keepsItsFiguresAndView() {
    fixture.apply(orders(server(A, 1), server(B, 1)));
    Attempt underWay = fixture.open().next();
    fixture.ticker.advance(Duration.ofMillis(5));
    underWay.answered(200);
    String url = underWay.server().url();
    ServerView before = fixture.view(url);

    fixture.apply(orders(server(C, 1), server(B, 2), server(A, 2)));

    assertThat(fixture.view(url)).isSameAs(before);
    assertThat(before.inFlight()).isEqualTo(1);
    assertThat(before.calls()).isEqualTo(1);
    assertThat(before.latencyMillis(0.5)).isBetween(4.5, 5.5);
    assertThat(before.weight()).isEqualTo(2);
    underWay.end(Outcome.COMPLETED);
    assertThat(before.inFlight()).isZero();
  }

  @Test
  void apply_serverThatStays_keepsItsVerdict() {
    fixture.apply(checkedOrders(CHECK, server(A, 1), server(B, 1)));
    fixture.verdict(false, A);
    fixture.verdict(true, B);

    fixture.apply(checkedOrders(CHECK, server(A, 5), server(B, 1), server(C, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
    assertThat(fixture.view(A).reason()).isEqualTo("probe answered 503");
    assertThat(fixture.view(C).state()).isEqualTo(State.STARTING);
    assertThat(fixture.tally(10)).isEqualTo(Map.of(B, 10));
  }

  @Test
  void apply_sameConfiguration_keepsThePlaceInTheTurns() {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));

    for (int cycle = 0; cycle < 20; cycle++) {
      Map<String, Integer> tally = fixture.tally(2);
      fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));
      fixture.tally(4).forEach((url, calls) -> tally.merge(url, calls, Integer::sum));

      assertThat(tally).isEqualTo(Map.of(A, 3, B, 2, C, 1));
    }
  }

  @Test
  void apply_serverLeavesAndReturns_startsAfresh() {
    fixture.apply(orders(server(A, 1)));
    fixture.call();
    fixture.apply(orders(server(B, 1)));

    fixture.apply(orders(server(A, 1)));

    assertThat(fixture.view(A).calls()).isZero();
  }

  @Test
  void apply_serviceLeaves_isLeftAlone() {
    fixture.apply(orders(server(A, 1)));

    fixture.apply();

    assertThat(fixture.balancer.open("orders", "", Fixture.READER)).isNull();
    assertThat(fixture.balancer.services()).isEmpty();
  }

  @Test
  void apply_weightSetAtRunTime_survivesUntilReset() {
    fixture.apply(orders(server(A, 1), server(B, 1)));
    fixture.balancer.setWeight("orders", A, 3);

    fixture.apply(orders(server(A, 7), server(B, 1)));

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 3, B, 1));
    fixture.balancer.resetWeight("orders", A);
    assertThat(fixture.tally(8)).isEqualTo(Map.of(A, 7, B, 1));
  }

  @Test
  void apply_fenceSetAtRunTime_survives() {
    fixture.apply(orders(server(A, 1), server(B, 1)));
    fixture.balancer.fence("orders", A);

    fixture.apply(orders(server(A, 2), server(B, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
    assertThat(fixture.tally(5)).isEqualTo(Map.of(B, 5));
  }

  @Test
  void apply_weightChanges_keepsTheServerThatAdaptersSee() {
    fixture.apply(orders(server(A, 1)));
    Server before = fixture.open().next().server();

    fixture.apply(orders(server(A, 9)));

    assertThat(fixture.open().next().server()).isSameAs(before);
  }

  @Test
  void apply_passHostHeaderChanges_givesAdaptersANewServer() {
    fixture.apply(orders(server(A, 1)));

    fixture.apply(LoadBalancerSpec.of("orders", List.of(server(A, 1)), null, null, false));

    assertThat(fixture.open().next().server().isHostHeaderPassed()).isFalse();
  }

  @Test
  void apply_checkRemoved_bringsServersUpAndSaysSo() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    fixture.verdict(false, A);
    fixture.listener.changes.clear();

    fixture.apply(orders(server(A, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.listener.changes).containsExactly(A + " DOWN -> UP (shows UP)");
    assertThat(fixture.call()).isEqualTo(A);
  }

  @Test
  void apply_checkAdded_leavesServersUpUntilAVerdict() {
    fixture.apply(orders(server(A, 1)));

    fixture.apply(checkedOrders(CHECK, server(A, 1)));

    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    fixture.verdict(false, A);
    assertThat(fixture.view(A).state()).isEqualTo(State.DOWN);
  }

  @Test
  void apply_twoServices_areListedInOrderAndPickedApart() {
    fixture.apply(
        orders(server(A, 1)),
        LoadBalancerSpec.of("users", List.of(server(B, 1)), null, null, true));

    assertThat(fixture.balancer.services())
        .extracting(ServiceView::name)
        .containsExactly("orders", "users");
    assertThat(fixture.balancer.open("users", "", Fixture.READER).next().server().url())
        .isEqualTo(B);
    assertThat(fixture.listener.serviceChanges).isEqualTo(1);
  }

  @Test
  void close_afterwards_leavesCallsAloneAndNoTimer() {
    fixture.apply(checkedOrders(CHECK, server(A, 1)));
    fixture.verdict(true, A);

    fixture.balancer.close();
    fixture.loop.run();

    assertThat(fixture.balancer.open("orders", "", Fixture.READER)).isNull();
    assertThat(fixture.loop.waitingTimers()).isZero();
  }

  @Test
  void latency_twoMinutesLater_isForgotten() {
    fixture.apply(orders(server(A, 1)));
    fixture.call();

    fixture.loop.advance(Duration.ofSeconds(61));
    assertThat(fixture.view(A).latencyMillis(0.5)).isNotNaN();
    fixture.loop.advance(Duration.ofSeconds(60));

    assertThat(fixture.view(A).latencyMillis(0.5)).isNaN();
  }
}
