package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostCallTest {
  private final Fixture fixture = new Fixture().apply(orders(server(A, 1)));

  /** Makes calls that nobody holds when this returns. */
  private void lose(int calls) {
    for (int i = 0; i < calls; i++) {
      Attempt attempt = fixture.open().next();
      attempt.answered(200);
    }
  }

  /** Collects garbage until so many calls are in flight; a test that never gets there hangs. */
  private void collectUntilInFlight(int count) {
    while (fixture.view(A).inFlight() != count) {
      System.gc();
      fixture.loop.advance(ServiceRegistry.LOST_CALLS_INTERVAL);
    }
  }

  @Test
  void lostCall_collected_isNoLongerInFlight() {
    lose(3);
    assertThat(fixture.view(A).inFlight()).isEqualTo(3);

    collectUntilInFlight(0);

    assertThat(fixture.view(A).failures()).isZero();
    assertThat(fixture.service().failures()).isZero();
    assertThat(fixture.service().lostCalls()).isEqualTo(3);
    assertThat(fixture.listener.lostCalls).containsExactly("orders", "orders", "orders");
  }

  @Test
  void lostCall_withoutAnAnswer_isNoLongerInFlight() {
    assertThat(fixture.open().next()).isNotNull();

    collectUntilInFlight(0);

    assertThat(fixture.view(A).failures()).isZero();
    assertThat(fixture.service().lostCalls()).isEqualTo(1);
  }

  @Test
  void lostCalls_underARuleThatEjects_ejectNoServer() {
    fixture.apply(
        Fixture.pool("orders", null, null, server(A, 1), server(Fixture.B, 1))
            .with(new PassiveHealthCheckSpec(Duration.ofSeconds(10), 1)));
    lose(20);

    collectUntilInFlight(0);

    assertThat(fixture.listener.changes).isEmpty();
  }

  @Test
  void heldCalls_besideLostOnes_stayInFlight() {
    List<Attempt> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(fixture.open().next());
      lose(1);
    }

    collectUntilInFlight(100);
    System.gc();
    fixture.loop.advance(ServiceRegistry.LOST_CALLS_INTERVAL);

    assertThat(fixture.view(A).inFlight()).isEqualTo(100);
    assertThat(fixture.service().lostCalls()).isEqualTo(100);
    held.forEach(attempt -> attempt.end(Outcome.COMPLETED));
    assertThat(fixture.view(A).inFlight()).isZero();
  }

  @Test
  void endedCalls_collected_areNotLost() {
    for (int i = 0; i < 1_000; i++) {
      fixture.call();
    }
    lose(1);

    collectUntilInFlight(0);

    assertThat(fixture.service().lostCalls()).isEqualTo(1);
  }

  /** Makes a call that is repeated on its server and then lost. */
  private void loseRepeated() {
    Attempt first = fixture.open().next();
    first.end(Outcome.COMPLETED);
    Attempt second = first.again();

    assertThat(second.server()).isSameAs(first.server());
  }

  @Test
  void lostCall_repeatedOnItsServer_isNoLongerInFlight() {
    loseRepeated();
    assertThat(fixture.view(A).inFlight()).isEqualTo(1);

    collectUntilInFlight(0);

    assertThat(fixture.service().lostCalls()).isEqualTo(1);
  }

  private void letPass(Duration time) {
    fixture.loop.advance(time.plus(ServiceRegistry.LOST_CALLS_INTERVAL));
  }

  @Test
  void restingCall_forFiveMinutes_isLost() {
    Attempt held = fixture.open().next();
    held.answered(200);
    held.rests(true);

    letPass(Duration.ofMinutes(5));
    assertThat(fixture.view(A).inFlight()).isEqualTo(1);
    letPass(Duration.ofMinutes(1));

    assertThat(fixture.view(A).inFlight()).isZero();
    assertThat(fixture.view(A).failures()).isZero();
    assertThat(fixture.service().lostCalls()).isEqualTo(1);
    assertThat(fixture.listener.lostCalls).containsExactly("orders");
    held.end(Outcome.IO_FAILED);
    assertThat(fixture.view(A).inFlight()).isZero();
    assertThat(fixture.view(A).failures()).isZero();
  }

  @Test
  void restingCall_thatIsReadOnNowAndThen_staysInFlight() {
    Attempt held = fixture.open().next();
    held.answered(200);
    for (int i = 0; i < 5; i++) {
      held.rests(true);
      held.rests(true);
      letPass(Duration.ofMinutes(4));
      held.rests(false);
    }

    letPass(Duration.ofHours(1));

    assertThat(fixture.view(A).inFlight()).isEqualTo(1);
    held.end(Outcome.COMPLETED);
    assertThat(fixture.view(A).inFlight()).isZero();
    assertThat(fixture.service().lostCalls()).isZero();
  }

  @Test
  void restingCall_thatHasEnded_isNotLost() {
    Attempt held = fixture.open().next();
    held.answered(200);
    held.rests(true);
    held.end(Outcome.COMPLETED);
    held.rests(true);

    letPass(Duration.ofHours(1));

    assertThat(fixture.view(A).inFlight()).isZero();
    assertThat(fixture.view(A).calls()).isEqualTo(1);
    assertThat(fixture.service().lostCalls()).isZero();
  }

  @Test
  void balancer_closed_leavesNoTimer() {
    fixture.balancer.close();

    assertThat(fixture.loop.waitingTimers()).isZero();
  }
}
