package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.FakeTransport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.Lookup;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.nio.conn.NoopIOSessionStrategy;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.apache.http.nio.pool.SocketAddressResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A transport's TLS is spoken where a server has one, and with nobody else. */
class TransportTest {
  private static final Rig.Answer OK = request -> new MockResponse.Builder().body("ok");
  private static final HandshakeCertificates TRUSTING_NOBODY =
      new HandshakeCertificates.Builder().build();

  /** The library's own, in the versions since 4.1.3. */
  private static final String LAYERS_ATTRIBUTE = "http.ioSession-factory-registry";

  @RegisterExtension final Rig rig = new Rig();

  private static FakeServer at(MockWebServer server, String id, HandshakeCertificates tls) {
    return Rig.https(NamedHosts.ONE, server).withTls(new FakeTransport(id, tls));
  }

  @Test
  void transportsCertificate_isNobodysUser_andCallsShareTheConnection() throws Exception {
    MockWebServer server = rig.startMutualTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", at(server, "mutual", Rig.withCertificate()));
    CloseableHttpAsyncClient client = rig.client();

    for (int i = 0; i < 3; i++) {
      HttpClientContext context = HttpClientContext.create();
      assertThat(Rig.send(client, new HttpGet("https://orders/"), context)).isEqualTo("ok");
      assertThat(context.getUserToken()).isNull();
      assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    }
  }

  @Test
  void applicationsCertificate_staysItsUser() throws Exception {
    MockWebServer server = rig.startMutualTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server));
    CloseableHttpAsyncClient client =
        rig.keep(
            HttpAsyncClientBuilder.create()
                .setConnectionManager(
                    new PoolingNHttpClientConnectionManager(
                        new DefaultConnectingIOReactor(),
                        null,
                        layers(new SSLIOSessionStrategy(Rig.withCertificate().sslContext())),
                        rig.hosts))
                .build());
    HttpClientContext context = HttpClientContext.create();

    Rig.send(client, new HttpGet("https://orders/"), context);

    assertThat(context.getUserToken()).hasToString("CN=own");
  }

  private static Registry<SchemeIOSessionStrategy> layers(SchemeIOSessionStrategy tls) {
    return RegistryBuilder.<SchemeIOSessionStrategy>create()
        .register("http", NoopIOSessionStrategy.INSTANCE)
        .register("https", tls)
        .build();
  }

  @Test
  void transportsAtOneServer_shareNoConnection_norWithTheApplications() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("good", at(server, "good", Rig.withCertificate()));
    rig.balancer.serve("strict", at(server, "strict", TRUSTING_NOBODY));
    rig.balancer.serve("bare", Rig.https(NamedHosts.ONE, server));
    CloseableHttpAsyncClient client = rig.client();

    Rig.get(client, "http://good/");
    Rig.get(client, "http://bare/");

    assertThatThrownBy(() -> Rig.get(client, "http://strict/")).isInstanceOf(SSLException.class);
    assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    assertThat(Rig.taken(server).getConnectionIndex()).isEqualTo(1);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void certificateThatTheTransportRefuses_movesTheCall() throws Exception {
    MockWebServer refused = rig.startTls(NamedHosts.ONE, OK);
    MockWebServer good =
        rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder().body("good"));
    rig.balancer.serve(
        "orders", at(refused, "strict", TRUSTING_NOBODY), at(good, "good", Rig.withCertificate()));

    assertThat(Rig.get(rig.client(), "https://orders/")).isEqualTo("good");

    assertThat(refused.getRequestCount()).isZero();
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void serverThatRefuses_isToldAsByTheClientAlone() throws Exception {
    FakeServer dead = Rig.dead();
    FakeServer secure = new FakeServer("https", dead.host(), dead.port(), true);
    rig.balancer.serve("orders", secure.withTls(new FakeTransport("strict", TRUSTING_NOBODY)));
    CloseableHttpAsyncClient client = rig.client();

    Throwable direct = catchThrowable(() -> Rig.get(client, secure.url()));
    Throwable balanced = catchThrowable(() -> Rig.get(client, "https://orders/"));

    assertThat(direct).isInstanceOf(ConnectException.class);
    assertThat(balanced).isExactlyInstanceOf(direct.getClass()).hasMessage(direct.getMessage());
  }

  @Test
  void tunnel_hasTheTransportsTlsInIt() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"),
            new MockResponse.Builder().body("once more"),
            new MockResponse.Builder().inTunnel());
    rig.balancer.serve(
        "orders",
        new FakeServer("https", NamedHosts.TWO, 8443, true)
            .withTls(new FakeTransport("good", Rig.withCertificate())));
    rig.balancer.serve(
        "strict",
        new FakeServer("https", NamedHosts.TWO, 8443, true)
            .withTls(new FakeTransport("strict", TRUSTING_NOBODY)));
    CloseableHttpAsyncClient client =
        rig.keep(rig.builder().setProxy(new HttpHost(NamedHosts.PLAIN, proxy.getPort())).build());

    assertThat(Rig.get(client, "http://orders/x")).isEqualTo("tunnelled");
    assertThat(Rig.get(client, "https://orders/x")).isEqualTo("once more");
    assertThatThrownBy(() -> Rig.get(client, "http://strict/x")).isInstanceOf(SSLException.class);

    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    assertThat(Rig.taken(proxy).getHandshakeServerNames()).containsExactly(NamedHosts.TWO);
    assertThat(Rig.taken(proxy).getRequestLine()).isEqualTo("GET /x HTTP/1.1");
    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    assertThat(proxy.getRequestCount()).isEqualTo(4);
  }

  @Test
  void contextOfTheApplication_keepsItsOwnLayers_andIsAskedForNone() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", at(server, "good", Rig.withCertificate()));
    Registry<SchemeIOSessionStrategy> own = layers(NoopIOSessionStrategy.INSTANCE);
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(LAYERS_ATTRIBUTE, own);
    HttpClientContext empty = HttpClientContext.create();
    CloseableHttpAsyncClient client = rig.client();

    assertThat(Rig.send(client, new HttpGet("https://orders/"), context)).isEqualTo("ok");
    assertThat(Rig.send(client, new HttpGet("https://orders/"), empty)).isEqualTo("ok");

    assertThat(context.getAttribute(LAYERS_ATTRIBUTE)).isSameAs(own);
    assertThat(empty.getAttribute(LAYERS_ATTRIBUTE)).isNull();
  }

  /** Other calls may have the same context at the same time. */
  @Test
  void contextOfTheApplication_isNeverGivenLayers() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", at(server, "good", Rig.withCertificate()));
    Set<String> written = ConcurrentHashMap.newKeySet();
    HttpClientContext shared =
        new HttpClientContext() {
          @Override
          public void setAttribute(String name, Object value) {
            written.add(name);
            super.setAttribute(name, value);
          }
        };

    assertThat(Rig.send(rig.client(), new HttpGet("https://orders/"), shared)).isEqualTo("ok");

    assertThat(written).isNotEmpty().doesNotContain(LAYERS_ATTRIBUTE);
  }

  @Test
  void layers_areTheThreadsAlone_andLeaveTheOtherSchemesAsTheyAre() throws Exception {
    Registry<SchemeIOSessionStrategy> own = layers(NoopIOSessionStrategy.INSTANCE);
    FakeTransport transport = new FakeTransport("t", TRUSTING_NOBODY);
    TransportLayers outer = TransportLayers.enter(new FakeTransport("outer", TRUSTING_NOBODY));
    TransportLayers inner = TransportLayers.enter(transport);

    Lookup<SchemeIOSessionStrategy> shown = TransportLayers.over(own);
    Lookup<SchemeIOSessionStrategy> elsewhere =
        CompletableFuture.supplyAsync(() -> TransportLayers.over(own)).get(20, TimeUnit.SECONDS);
    inner.leave();
    Lookup<SchemeIOSessionStrategy> after = TransportLayers.over(own);
    outer.leave();

    assertThat(shown.lookup(TransportLayers.scheme(transport))).isInstanceOf(TransportLayer.class);
    assertThat(shown.lookup("https")).isSameAs(NoopIOSessionStrategy.INSTANCE);
    assertThat(elsewhere).isSameAs(own);
    assertThat(after.lookup(TransportLayers.scheme(transport))).isNull();
    assertThat(TransportLayers.over(own)).isSameAs(own);
  }

  /** It would look for a host that is nobody's. */
  @Test
  void resolverOfTheApplications_findsNoServerWithATransport() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", at(server, "good", Rig.withCertificate()));
    SocketAddressResolver<HttpRoute> own =
        new SocketAddressResolver<>() {
          @Override
          public SocketAddress resolveLocalAddress(HttpRoute route) {
            return null;
          }

          @Override
          public SocketAddress resolveRemoteAddress(HttpRoute route) throws IOException {
            HttpHost host = route.getTargetHost();
            return new InetSocketAddress(rig.hosts.resolve(host.getHostName())[0], host.getPort());
          }
        };
    CloseableHttpAsyncClient client =
        rig.keep(
            HttpAsyncClientBuilder.create()
                .setConnectionManager(
                    new PoolingNHttpClientConnectionManager(
                        new DefaultConnectingIOReactor(),
                        null,
                        layers(SSLIOSessionStrategy.getDefaultStrategy()),
                        own))
                .build());

    assertThatThrownBy(() -> Rig.get(client, "https://orders/"))
        .isInstanceOf(UnknownHostException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(server.getRequestCount()).isZero();
  }
}
