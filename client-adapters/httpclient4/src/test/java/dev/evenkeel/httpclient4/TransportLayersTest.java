package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.FakeTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionRequest;
import org.apache.http.conn.HttpClientConnectionOperator;
import org.apache.http.conn.HttpHostConnectException;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.conn.UnsupportedSchemeException;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A transport is the connecting thread's, and nothing of it is the application's to see. */
class TransportLayersTest {
  private static final String ATTRIBUTE = "http.socket-factory-registry";
  private static final HandshakeCertificates TRUSTING_NOBODY =
      new HandshakeCertificates.Builder().build();
  private static final FakeTransport TLS = new FakeTransport("t", TRUSTING_NOBODY);

  @RegisterExtension final Rig rig = new Rig();

  private static FakeTransport good(String id) {
    return new FakeTransport(id, Rig.withCertificate());
  }

  private static String get(CloseableHttpClient client, String url, HttpContext context)
      throws IOException {
    return client.execute(
        new HttpGet(url), response -> EntityUtils.toString(response.getEntity()), context);
  }

  private MockWebServer startTls(String name) throws IOException {
    return rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder().body(name));
  }

  /** The second call begins when the first is about to get its connection, and ends before it. */
  @Test
  void callsThatOverlapInOneContext_haveTheirTransportsEach() throws Exception {
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, startTls("a")).withTls(good("first")));
    rig.balancer.serve("stock", Rig.https(NamedHosts.ONE, startTls("b")).withTls(good("second")));
    HttpClientContext shared = HttpClientContext.create();
    CloseableHttpClient other = rig.client();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    StringBuilder ofTheOther = new StringBuilder();
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(plainOnly(), rig.hosts) {
          @Override
          public ConnectionRequest requestConnection(HttpRoute route, Object state) {
            if (isFirst.getAndSet(false)) {
              ofTheOther.append(catching(() -> get(other, "https://stock/", shared)));
            }
            return super.requestConnection(route, state);
          }
        };
    CloseableHttpClient client =
        rig.keep(HttpClientBuilder.create().setConnectionManager(connections).build());

    assertThat(get(client, "https://orders/", shared)).isEqualTo("a");

    assertThat(ofTheOther).hasToString("b");
  }

  private static Registry<ConnectionSocketFactory> plainOnly() {
    return registry(PlainConnectionSocketFactory.getSocketFactory());
  }

  private static Registry<ConnectionSocketFactory> registry(ConnectionSocketFactory plain) {
    return RegistryBuilder.<ConnectionSocketFactory>create().register("http", plain).build();
  }

  private interface Exchange {
    String make() throws IOException;
  }

  private static String catching(Exchange exchange) {
    try {
      return exchange.make();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void contextOfTheApplication_keepsItsOwnFactories_andIsNeverGivenOurs() throws Exception {
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, startTls("a")).withTls(good("t")));
    Set<String> written = ConcurrentHashMap.newKeySet();
    HttpClientContext context =
        new HttpClientContext() {
          @Override
          public void setAttribute(String name, Object value) {
            written.add(name);
            super.setAttribute(name, value);
          }
        };
    Registry<ConnectionSocketFactory> own =
        RegistryBuilder.<ConnectionSocketFactory>create().build();
    HttpClientContext withOwn = HttpClientContext.create();
    withOwn.setAttribute(ATTRIBUTE, own);

    assertThat(get(rig.client(), "https://orders/", context)).isEqualTo("a");
    assertThat(get(rig.client(), "https://orders/", withOwn)).isEqualTo("a");

    assertThat(written).isNotEmpty().doesNotContain(ATTRIBUTE);
    assertThat(withOwn.getAttribute(ATTRIBUTE)).isSameAs(own);
  }

  @Test
  void wayToAProxy_isMadeByTheApplicationsOwnFactory() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve(
        "orders", new FakeServer("https", NamedHosts.TWO, 8443, true).withTls(good("t")));
    AtomicInteger made = new AtomicInteger();
    PlainConnectionSocketFactory counting =
        new PlainConnectionSocketFactory() {
          @Override
          public Socket createSocket(HttpContext context) throws IOException {
            made.incrementAndGet();
            return super.createSocket(context);
          }
        };
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(registry(counting), rig.hosts);
    CloseableHttpClient client =
        rig.keep(
            HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setProxy(new HttpHost(NamedHosts.PLAIN, proxy.getPort()))
                .build());

    assertThat(Rig.get(client, "https://orders/")).isEqualTo("tunnelled");

    assertThat(made).hasValue(1);
  }

  @Test
  void serverThatRefuses_isToldAsOfTheLogicalHost() throws Exception {
    FakeServer dead = Rig.dead();
    FakeServer secure = new FakeServer("https", dead.host(), dead.port(), true);
    rig.balancer.serve("orders", secure.withTls(TLS));
    CloseableHttpClient client = rig.client();

    Throwable direct = catchThrowable(() -> Rig.get(client, secure.url()));
    Throwable balanced = catchThrowable(() -> Rig.get(client, "https://orders/"));

    assertThat(direct).isInstanceOf(HttpHostConnectException.class);
    assertThat(balanced)
        .isExactlyInstanceOf(direct.getClass())
        .hasMessage("Connect to orders:443 failed: " + direct.getCause().getMessage())
        .hasCauseInstanceOf(direct.getCause().getClass());
    assertThat(((HttpHostConnectException) balanced).getHost().toURI())
        .isEqualTo("https://orders:443");
    assertThat(balanced.getStackTrace()[0].getClassName()).contains("ConnectionOperator");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
  }

  @Test
  void serverThatIsSilent_isToldAsOfTheLogicalHost() {
    HttpHost logical = new HttpHost("orders", 443, "https");
    HttpHost server = new HttpHost("10.0.0.1", 8443, TransportLayers.scheme(TLS));
    ConnectTimeoutException silent =
        new ConnectTimeoutException(new SocketTimeoutException("connect timed out"), server);
    silent.addSuppressed(new IOException("while closing"));

    IOException told = LogicalFailure.of(silent, TLS, logical);

    assertThat(told)
        .isExactlyInstanceOf(ConnectTimeoutException.class)
        .hasMessage("Connect to orders:443 failed: connect timed out")
        .hasCause(silent.getCause());
    assertThat(((ConnectTimeoutException) told).getHost()).isEqualTo(logical);
    assertThat(told.getStackTrace()).isEqualTo(silent.getStackTrace());
    assertThat(told.getSuppressed()).isEqualTo(silent.getSuppressed());
  }

  @Test
  void operatorOfTheApplication_knowsNoTransport_andSaysSoOfHttps() throws Exception {
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, startTls("a")).withTls(good("t")));
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(new OwnOperator(), null, -1, TimeUnit.SECONDS);
    CloseableHttpClient client =
        rig.keep(HttpClientBuilder.create().setConnectionManager(connections).build());

    assertThatThrownBy(() -> Rig.get(client, "https://orders/"))
        .isExactlyInstanceOf(UnsupportedSchemeException.class)
        .hasMessage("https protocol is not supported");
  }

  /** Knows no scheme at all. */
  private static final class OwnOperator implements HttpClientConnectionOperator {
    @Override
    public void connect(
        ManagedHttpClientConnection connection,
        HttpHost host,
        InetSocketAddress local,
        int connectTimeout,
        SocketConfig config,
        HttpContext context)
        throws IOException {
      upgrade(connection, host, context);
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context)
        throws IOException {
      throw new UnsupportedSchemeException(host.getSchemeName() + " protocol is not supported");
    }
  }
}
