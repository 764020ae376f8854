package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Exchange;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTimeChangesTest {
  private final Fixture fixture = new Fixture();

  @BeforeEach
  void applyThreeServers() {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));
  }

  @Test
  void setWeight_returned_countsFromTheNextCall() {
    fixture.balancer.setWeight("orders", A, 1);

    assertThat(fixture.tally(4)).isEqualTo(Map.of(A, 1, B, 2, C, 1));
    assertThat(fixture.view(A).weight()).isEqualTo(1);
    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(1);
  }

  @Test
  void setWeight_zero_takesTheServerOut() {
    fixture.balancer.setWeight("orders", A, 0);

    assertThat(fixture.tally(3)).isEqualTo(Map.of(B, 2, C, 1));
    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
    assertThat(fixture.view(A).effectiveWeight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void setWeight_outsideTheRange_isRefused(int weight) {
    assertThatThrownBy(() -> fixture.balancer.setWeight("orders", A, weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight: " + weight + " (expected: integer 0..65535)");

    assertThat(fixture.view(A).weight()).isEqualTo(3);
  }

  @Test
  void setWeight_largest_isTaken() {
    fixture.balancer.setWeight("orders", A, 65_535);

    assertThat(fixture.view(A).effectiveWeight()).isEqualTo(65_535);
  }

  @Test
  void change_unknownService_isRefused() {
    assertThatThrownBy(() -> fixture.balancer.fence("order", A))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("service: order (expected: one of orders)");
  }

  @Test
  void change_unknownServer_isRefused() {
    assertThatThrownBy(() -> fixture.balancer.resetWeight("orders", "http://x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("server: http://x (expected: one of " + A + ", " + B + ", " + C + ")");
  }

  @Test
  void change_withoutAnyService_isRefused() {
    fixture.apply();

    assertThatThrownBy(() -> fixture.balancer.unfence("orders", A))
        .hasMessage("service: orders (expected: there is none)");
  }

  @Test
  void fence_returned_takesNewCallsAwayAndSaysSo() {
    fixture.balancer.fence("orders", A);

    assertThat(fixture.tally(6)).isEqualTo(Map.of(B, 4, C, 2));
    assertThat(fixture.view(A).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(A).effectiveWeight()).isZero();
    assertThat(fixture.view(A).weight()).isEqualTo(3);
    assertThat(fixture.listener.changes).containsExactly(A + " UP -> FENCED (shows FENCED)");
  }

  @Test
  void fence_exchangeOpenedBefore_doesNotGoThereEither() {
    fixture.balancer.fence("orders", B);
    fixture.balancer.fence("orders", C);
    Exchange openedBefore = fixture.open();

    fixture.balancer.fence("orders", A);

    assertThat(openedBefore.next()).isNull();
  }

  @Test
  void fence_exchangeOpenedBeforeAnUnfence_findsTheServer() {
    fixture.balancer.fence("orders", A);
    fixture.balancer.fence("orders", B);
    fixture.balancer.fence("orders", C);
    Exchange openedBefore = fixture.open();

    fixture.balancer.unfence("orders", B);

    assertThat(openedBefore.next().server().url()).isEqualTo(B);
  }

  @Test
  void fence_twice_isSaidOnce() {
    fixture.balancer.fence("orders", A);
    fixture.balancer.fence("orders", A);

    assertThat(fixture.listener.changes).hasSize(1);
  }

  @Test
  void unfence_returned_restoresTheShares() {
    fixture.balancer.fence("orders", A);
    fixture.balancer.unfence("orders", A);

    assertThat(fixture.tally(6)).isEqualTo(Map.of(A, 3, B, 2, C, 1));
    assertThat(fixture.view(A).state()).isEqualTo(State.UP);
  }

  @Test
  void listener_throws_isAFaultAndTheChangeStands() {
    Fixture other = new Fixture();
    ServiceBalancer balancer =
        new ServiceBalancer(
            other.loop,
            other.ticker,
            new java.util.SplittableRandom(1),
            other.prober,
            other.mirrors,
            new BalancerListener() {
              @Override
              public void stateChanged(ServerView changed, State from, State to) {
                throw new IllegalStateException("listener");
              }

              @Override
              public void servicesChanged() {
                throw new IllegalStateException("listener");
              }

              @Override
              public void callLost(String service) {
                throw new IllegalStateException("listener");
              }

              @Override
              public void addressesFound(String host, java.util.List<String> addresses) {
                throw new IllegalStateException("listener");
              }

              @Override
              public void lookUpFailed(String host, String reason, java.util.List<String> kept) {
                throw new IllegalStateException("listener");
              }

              @Override
              public void faulted(String where, Throwable fault) {
                throw new IllegalStateException("listener");
              }
            });
    balancer.apply(
        new dev.evenkeel.balancer.spec.BalancerSpec(java.util.List.of(orders(server(A, 1)))));
    balancer.fence("orders", A);
    balancer.fault("okhttp", new IllegalStateException("adapter"));

    assertThat(balancer.services().get(0).servers().get(0).state()).isEqualTo(State.FENCED);
    assertThat(balancer.faults()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void fault_ofAnAdapter_isCountedAndReported() {
    fixture.balancer.fault("okhttp", new IllegalStateException("adapter"));

    assertThat(fixture.balancer.faults()).isEqualTo(1);
    assertThat(fixture.listener.faults).containsExactly("okhttp: adapter");
  }

  @Test
  void explain_balancedCall_namesShares() {
    fixture.balancer.fence("orders", C);

    assertThat(fixture.balancer.explain("GET", "http://user@ORDERS:81/x?y=1"))
        .isEqualTo(
            """
            GET http://user@ORDERS:81/x?y=1
              service orders (loadBalancer, wrr)
              http://10.0.0.1:8080: 60.0 % of the turns (weight 3 of 5)
              http://10.0.0.2:8080: 40.0 % of the turns (weight 2 of 5)
              http://10.0.0.3:8080: no turns: fenced
            """);
  }

  @Test
  void explain_otherCall_saysThatItIsLeftAlone() {
    assertThat(fixture.balancer.explain("GET", "http://example.com/"))
        .isEqualTo(
            """
            GET http://example.com/
              no service has the name example.com: the call is left alone
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "/path", "http://", "http:// bad", "", "http://:80/"})
  void explain_noHost_saysSo(String url) {
    assertThat(fixture.balancer.explain("GET", url))
        .isEqualTo("GET " + url + "\n  not an absolute URL with a host: the call is left alone\n");
  }
}
