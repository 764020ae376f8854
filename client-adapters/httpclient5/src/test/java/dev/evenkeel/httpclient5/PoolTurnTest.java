package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.AbstractIOSessionPool;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call of an HTTP/2-only client that moves on holds no lock of the client's pool but that of the
 * server that it turns to: two calls that held two would wait for each other for ever.
 */
class PoolTurnTest {
  @RegisterExtension final Rig rig = new Rig();

  /** The HTTP/2-only clients. */
  enum Kind {
    WITH_A_CHAIN,
    MINIMAL
  }

  private CloseableHttpAsyncClient client(Kind kind, DnsResolver names) {
    CloseableHttpAsyncClient client =
        rig.keep(
            kind == Kind.MINIMAL
                ? HttpAsyncClients.createHttp2Minimal(
                    H2Config.DEFAULT, IOReactorConfig.DEFAULT, names, Rig.trustingTls())
                : H2AsyncClientBuilder.create()
                    .setDnsResolver(names)
                    .setTlsStrategy(Rig.trustingTls())
                    .disableAutomaticRetries()
                    .build());
    client.start();
    return client;
  }

  @ParameterizedTest
  @EnumSource
  void unknownServer_isLeftBeforeTheNextOneIsAskedFor(Kind kind) throws Exception {
    Locks locks = new Locks();
    CloseableHttpAsyncClient client = client(kind, locks);
    locks.pool = locks.poolOf(client);
    rig.balancer.serve(
        "orders",
        new FakeServer("http", "unknown.servers.test", 80, true),
        new FakeServer("http", "unheard.servers.test", 80, true),
        Rig.http(rig.startHttp2("a")));

    assertThat(Rig.get(client, "http://orders:80/")).isEqualTo("a");

    assertThat(locks.held).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void refusedServer_isLeftBeforeTheNextOneIsAskedFor(Kind kind) throws Exception {
    Locks locks = new Locks();
    CloseableHttpAsyncClient client = client(kind, locks);
    locks.pool = locks.poolOf(client);
    rig.balancer.serve("orders", Rig.dead(), Rig.dead(), Rig.http(rig.startHttp2("a")));

    assertThat(Rig.get(client, "http://orders:80/")).isEqualTo("a");

    assertThat(locks.held).containsExactly(1, 1, 1);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void serverOfNoTrust_isLeftBeforeTheNextOneIsAskedFor(Kind kind) throws Exception {
    Locks locks = new Locks();
    CloseableHttpAsyncClient client = client(kind, locks);
    locks.pool = locks.poolOf(client);
    rig.balancer.serve(
        "orders",
        Rig.https(NamedHosts.TWO, rig.startTls(NamedHosts.ONE, request -> null)),
        Rig.http(rig.startHttp2("a")));

    assertThat(Rig.get(client, "http://orders:80/")).isEqualTo("a");

    assertThat(locks.held).containsExactly(1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void lastServer_thatIsUnknown_endsTheCallWithTheClientsOwnException(Kind kind) {
    rig.balancer.serve("orders", new FakeServer("http", "unknown.servers.test", 80, true));
    CloseableHttpAsyncClient client = client(kind, rig.hosts);

    assertThatThrownBy(() -> Rig.get(client, "http://orders:80/"))
        .hasCauseExactlyInstanceOf(UnknownHostException.class);
  }

  /** Counts the locks of a pool that are held when a name is looked up for it. */
  private final class Locks implements DnsResolver {
    private final List<Integer> held = new CopyOnWriteArrayList<>();
    private volatile Map<?, ?> pool = Map.of();

    Map<?, ?> poolOf(Object client) throws ReflectiveOperationException {
      Object sessions = value(value(client, "connPool"), "sessionPool");
      Field entries = AbstractIOSessionPool.class.getDeclaredField("sessionPool");
      entries.setAccessible(true);
      return (Map<?, ?>) entries.get(sessions);
    }

    private static Object value(Object owner, String name) throws ReflectiveOperationException {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      int count = 0;
      try {
        for (Object entry : pool.values()) {
          if (((ReentrantLock) value(entry, "lock")).isHeldByCurrentThread()) {
            count++;
          }
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.toString());
      }
      held.add(count);
      return rig.hosts.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
