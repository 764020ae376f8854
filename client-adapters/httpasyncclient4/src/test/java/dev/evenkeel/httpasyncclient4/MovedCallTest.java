package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockWebServer;
import org.apache.http.ConnectionClosedException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.concurrent.Cancellable;
import org.apache.http.impl.conn.ConnectionShutdownException;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A failed attempt moves its call once, however often the client tells of the failure. */
class MovedCallTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void failure_toldTwice_movesTheCallOnce() throws Exception {
    MockWebServer second = rig.start("second");
    MockWebServer third = rig.start("third");
    rig.balancer.serve("orders", Rig.dead(), Rig.http(second), Rig.http(third));
    AtomicReference<Cancellable> handler = new AtomicReference<>();
    Evenkeel.install(new Racing(rig.balancer, handler));
    HttpGet get =
        new HttpGet("http://orders/") {
          @Override
          public void setCancellable(Cancellable cancellable) {
            handler.set(cancellable);
            super.setCancellable(cancellable);
          }
        };

    assertThat(Rig.send(rig.client(), get)).isEqualTo("second");

    assertThat(third.getRequestCount()).isZero();
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  /** The connection's own thread has found it broken, while the pool's is handing it over. */
  @Test
  void failureOfAConnectionThatTheCallHasLeft_isNotHeldAgainstTheNextServer() throws Exception {
    rig.balancer.serve(
        "orders", Rig.http(rig.start("first")), Rig.http(rig.start("second")), Rig.dead());
    AtomicReference<Cancellable> handler = new AtomicReference<>();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HttpGet get =
        new HttpGet("http://orders/") {
          @Override
          public void setCancellable(Cancellable cancellable) {
            handler.set(cancellable);
            super.setCancellable(cancellable);
          }
        };
    PoolingNHttpClientConnectionManager broken =
        new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor(), null, rig.hosts) {
          @Override
          public boolean isRouteComplete(NHttpClientConnection connection) {
            if (isFirst.getAndSet(false)) {
              ((HttpAsyncClientExchangeHandler) handler.get()).failed(new ConnectException("told"));
              throw new ConnectionShutdownException();
            }
            return super.isRouteComplete(connection);
          }
        };
    CloseableHttpAsyncClient client =
        rig.keep(HttpAsyncClientBuilder.create().setConnectionManager(broken).build());

    assertThat(Rig.send(client, get)).isEqualTo("second");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  /**
   * Another thread finds a connection broken, and then its own, which knows the handler already.
   */
  @Test
  void failureToldInAnEventOfAConnectionThatTheCallHasLeft_isNotHeldAgainstTheNextServer()
      throws Exception {
    rig.balancer.serve(
        "orders", Rig.http(rig.start("first")), Rig.http(rig.start("second")), Rig.dead());
    AtomicReference<Cancellable> handler = new AtomicReference<>();
    AtomicInteger asked = new AtomicInteger();
    HttpGet get =
        new HttpGet("http://orders/") {
          @Override
          public void setCancellable(Cancellable cancellable) {
            handler.set(cancellable);
            super.setCancellable(cancellable);
          }
        };
    PoolingNHttpClientConnectionManager broken =
        new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor(), null, rig.hosts) {
          @Override
          public boolean isRouteComplete(NHttpClientConnection connection) {
            // It is asked where the connection is handed over, and then where the request is made.
            if (asked.incrementAndGet() == 2) {
              HttpAsyncClientExchangeHandler told = (HttpAsyncClientExchangeHandler) handler.get();
              CompletableFuture.runAsync(() -> told.failed(new ConnectException("told"))).join();
              told.failed(new ConnectionClosedException("told late"));
              throw new ConnectionShutdownException();
            }
            return super.isRouteComplete(connection);
          }
        };
    CloseableHttpAsyncClient client =
        rig.keep(HttpAsyncClientBuilder.create().setConnectionManager(broken).build());

    assertThat(Rig.send(client, get)).isEqualTo("second");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  /** The next server fails on the thread that is handing over the connection of the one before. */
  @Test
  void failureOfTheNextServer_whileAConnectionIsHandedOver_endsTheCall() throws Exception {
    rig.balancer.serve(
        "orders",
        Rig.http(rig.start("first")),
        new FakeServer("http", "nowhere.servers.test", 80, true));
    AtomicReference<Cancellable> handler = new AtomicReference<>();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HttpGet get =
        new HttpGet("http://orders/") {
          @Override
          public void setCancellable(Cancellable cancellable) {
            handler.set(cancellable);
            super.setCancellable(cancellable);
          }
        };
    PoolingNHttpClientConnectionManager stale =
        new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor(), null, rig.hosts) {
          @Override
          public boolean isRouteComplete(NHttpClientConnection connection) {
            if (isFirst.getAndSet(false)) {
              ((HttpAsyncClientExchangeHandler) handler.get())
                  .failed(new ConnectException("stale"));
              throw new ConnectionShutdownException();
            }
            return super.isRouteComplete(connection);
          }
        };
    CloseableHttpAsyncClient client =
        rig.keep(HttpAsyncClientBuilder.create().setConnectionManager(stale).build());

    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(UnknownHostException.class);

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED);
  }

  /** While a call is moved, the same failure is told of again. */
  private record Racing(FakeBalancer balancer, AtomicReference<Cancellable> handler)
      implements Balancer {
    @Override
    public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
      Exchange exchange = balancer.open(host, request, reader);
      return exchange == null ? null : new Raced(exchange, handler, new AtomicInteger());
    }

    @Override
    public void fault(String adapter, Throwable fault) {
      balancer.fault(adapter, fault);
    }
  }

  private record Raced(Exchange exchange, AtomicReference<Cancellable> handler, AtomicInteger asked)
      implements Exchange {
    @Override
    public String service() {
      return exchange.service();
    }

    @Override
    public @Nullable Attempt next() {
      if (asked.getAndIncrement() == 1) {
        // On this thread, since the pool's lock, which it holds, would keep another one waiting.
        ((HttpAsyncClientExchangeHandler) handler.get()).failed(new ConnectException("told twice"));
      }
      return exchange.next();
    }

    @Override
    public ConnectException unavailable() {
      return exchange.unavailable();
    }
  }
}
