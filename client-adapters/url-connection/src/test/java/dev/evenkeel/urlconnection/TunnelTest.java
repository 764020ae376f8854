package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TunnelTest {
  private final List<Throwable> faults = new ArrayList<>();
  private final Tunnel tunnel = new Tunnel();

  @AfterEach
  void takeTheBalancerAway() {
    Evenkeel.install(Balancer.NONE);
  }

  @Test
  void tunnel_thatNobodyAnswered_isTheServersFault() {
    tunnel.connecting();

    assertThat(tunnel.refusal()).isEqualTo(Outcome.CONNECT_FAILED);
  }

  @Test
  void connecting_anew_forgetsTheServerThatTheProxyWasTold() {
    tunnel.named();
    assertThat(tunnel.isNamed()).isTrue();

    tunnel.connecting();

    assertThat(tunnel.isNamed()).isFalse();
  }

  /** Headers of another shape than the JDK's are a fault of ours. */
  @Test
  void fault_inTheAnswer_isReportedAndStaysHere() {
    Evenkeel.install(
        new Balancer() {
          @Override
          public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
            return null;
          }

          @Override
          public void fault(String adapter, Throwable fault) {
            faults.add(fault);
          }
        });

    tunnel.answered("no headers");

    assertThat(faults).hasSize(1);
    assertThat(tunnel.refusal()).isEqualTo(Outcome.CONNECT_FAILED);
  }
}
