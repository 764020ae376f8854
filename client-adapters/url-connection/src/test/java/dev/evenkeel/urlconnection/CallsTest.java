package dev.evenkeel.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketException;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final int CALLS = 100_000;
  private static final Proxy PROXY =
      new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 80));
  private static final OutputStream OUTPUT = OutputStream.nullOutputStream();

  private final FakeAttempt attempt = new FakeAttempt();
  private int lookUps;
  private int touched;

  @AfterEach
  void takeTheBalancerAway() {
    Evenkeel.install(Balancer.NONE);
  }

  @Test
  void callThatIsNotOurs_costsOneLookUpAndNoAllocation() throws Throwable {
    HttpURLConnection connection = connection("http://elsewhere/");
    URL url = connection.getURL();
    Object client = new Object();
    balanceOnce();
    Evenkeel.install(new FakeBalancer(null));

    long bytes = allocatedBytes(() -> callElsewhere(url, connection, client));

    assertThat(bytes).isLessThan(CALLS / 100);
    assertThat(lookUps).isEqualTo(5 * CALLS);
    assertThat(touched).isZero();
  }

  /** What the hooks do for one call. */
  private void callElsewhere(URL url, HttpURLConnection connection, Object client) {
    touched += Calls.search(url, Proxy.NO_PROXY, connection) == null ? 0 : 1;
    touched += Calls.wantedKey() == null ? 0 : 1;
    Calls.enterOpen(client);
    touched += Calls.leaveOpen(client, null) == null ? 0 : 1;
    touched += Copies.body(connection, OUTPUT) == null ? 0 : 1;
    Answers.await(client);
    touched += Answers.readHeaders(client, client) ? 1 : 0;
    touched += Answers.awaited(client, client, null) == null ? 0 : 1;
    touched += Calls.keptKey(client) == null ? 0 : 1;
    Answers.finished(client);
  }

  @Test
  void callThroughAnHttpProxy_hasConnectionsOfItsOwn() throws Throwable {
    Evenkeel.install(new FakeBalancer(new OneServer(attempt)));
    HttpURLConnection connection = connection("http://orders/");

    Object search = Calls.search(connection.getURL(), PROXY, connection);
    URL key = Calls.wantedKey();

    assertThat(key).hasToString("http://proxied.http.--1.evenkeel.invalid:8080");
    assertThat(Calls.leave(search, null)).isNull();
    assertThat(attempt.outcome).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void proxyThatCannotBeReached_isNotTheServersFault() throws Exception {
    BalancedCall call =
        new BalancedCall(new OneServer(attempt), connection("http://orders/"), null, new Tunnel());
    assertThat(call.moveOn()).isTrue();
    Object client = new Object();
    Calls.BOUND.bind(client, call);
    ConnectException refused = new ConnectException("refused");

    assertThat(Calls.leaveOpen(client, refused)).containsExactly(refused, null);
    assertThat(attempt.outcome).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void callWithoutAServer_endsWithTheExceptionOfItsService() throws Exception {
    OneServer taken = new OneServer(attempt);
    assertThat(taken.next()).isNotNull();
    Evenkeel.install(new FakeBalancer(taken));
    HttpURLConnection connection = connection("http://orders/");

    assertThat(Calls.search(connection.getURL(), null, connection))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void search_thatFindsNoClient_endsTheAttempt() throws Throwable {
    balanceOnce();

    assertThat(attempt.outcome).isEqualTo(Outcome.CANCELLED);
    assertThat(Calls.wantedKey()).isNull();
  }

  @Test
  void interruptedThread_triesNoOtherServer() throws Exception {
    BalancedCall call =
        new BalancedCall(new OneServer(attempt), connection("http://orders/"), null, null);
    assertThat(call.moveOn()).isTrue();
    Object client = new Object();
    Calls.BOUND.bind(client, call);
    SocketException closed = new SocketException("Closed by interrupt");

    Thread.currentThread().interrupt();
    Object[] end = Calls.leaveOpen(client, closed);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end).containsExactly(closed, null);
    assertThat(attempt.outcome).isEqualTo(Outcome.CANCELLED);
  }

  /** After it, the adapter's fields of the thread are asked for. */
  private void balanceOnce() throws Throwable {
    Evenkeel.install(new FakeBalancer(new OneServer(attempt)));
    HttpURLConnection connection = connection("http://orders/");
    Object search = Calls.search(connection.getURL(), null, connection);
    assertThat(search).isNotNull();
    assertThat(Calls.wantedKey()).isNotNull();
    assertThat(Calls.leave(search, null)).isNull();
    lookUps = 0;
  }

  private static HttpURLConnection connection(String url) throws Exception {
    return (HttpURLConnection) new URL(url).openConnection();
  }

  /** Bytes of all calls together; less than one per call is the measuring's own. */
  private static long allocatedBytes(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  /** Balances every call, or none. */
  private final class FakeBalancer implements Balancer {
    private final @Nullable Exchange exchange;

    FakeBalancer(@Nullable Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
      lookUps++;
      return exchange;
    }

    @Override
    public void fault(String adapter, Throwable fault) {
      throw new AssertionError(adapter, fault);
    }
  }
}
