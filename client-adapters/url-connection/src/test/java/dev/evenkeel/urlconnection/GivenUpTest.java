package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GivenUpTest {
  private static final String UNAVAILABLE = "java.net.ConnectException: none";

  private final List<Throwable> faults = new ArrayList<>();
  private final FakeAttempt attempt = new FakeAttempt();

  @AfterEach
  void takeTheBalancerAway() {
    Evenkeel.install(Balancer.NONE);
  }

  /** A client of another shape than the JDK's is a fault of ours. */
  @Test
  void fault_onTheWayToAnotherServer_isReportedAndTheCallFailsAsTheJdkDoes() throws IOException {
    Evenkeel.install(new Reported());
    HttpURLConnection owner = (HttpURLConnection) new URL("http://orders/").openConnection();
    BalancedCall call = new BalancedCall(new OneServer(attempt), owner, null, null);
    assertThat(call.moveOn()).isTrue();

    @Nullable Object[] ended = GivenUp.goOn("no client", call, "no headers", Outcome.COMPLETED);

    assertThat(ended).hasSize(2);
    assertThat(ended[0])
        .isInstanceOf(SocketException.class)
        .hasToString("java.net.SocketException: Connection reset");
    assertThat(ended[1]).isNull();
    assertThat(faults).hasSize(1).doesNotHaveAnyElementsOfTypes(IOException.class);
    assertThat(attempt.outcome).isEqualTo(Outcome.COMPLETED);
  }

  /** Had it a way to the logical host, the request would get there a second time. */
  @Test
  void fault_inTheNextPick_endsTheCallWithoutASecondRequest() throws Throwable {
    Evenkeel.install(new Reported());
    OneServer servers = new OneServer(attempt);
    servers.faultAtTheEnd = new IllegalStateException("planted in next");
    try (ServerSocket logical = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HttpURLConnection owner =
          (HttpURLConnection)
              new URL("http://127.0.0.1:" + logical.getLocalPort()).openConnection();
      owner.connect();
      BalancedCall call = new BalancedCall(servers, owner, null, null);
      assertThat(call.moveOn()).isTrue();
      call.sending();
      Object client = Library.client(owner);

      @Nullable Object[] ended = GivenUp.goOn(client, call, "no headers", Outcome.COMPLETED);

      assertThat(ended[0]).isExactlyInstanceOf(ConnectException.class).hasToString(UNAVAILABLE);
      assertThat(ended[1]).isNull();
      assertThat(faults).containsExactly(servers.faultAtTheEnd);
    }
  }

  /** Balances nothing. Not thread-safe. */
  private final class Reported implements Balancer {
    @Override
    public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
      return null;
    }

    @Override
    public void fault(String adapter, Throwable fault) {
      faults.add(fault);
    }
  }
}
