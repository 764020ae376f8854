package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.FakeTransport;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server's transport speaks for clients that trust no server of this test by themselves. */
class TransportTest {
  private static final Rig.Answer OK = request -> new MockResponse.Builder().body("ok");
  private static final HandshakeCertificates TRUSTING = Rig.withCertificate();
  private static final HandshakeCertificates STRICT = new HandshakeCertificates.Builder().build();

  @RegisterExtension final Rig rig = new Rig();

  /** The two clients of the library that have pools. */
  enum Kind {
    CLASSIC,
    ASYNC
  }

  /** A client's one way to be used here. */
  interface Calls {
    String get(String url, HttpClientContext context) throws Exception;

    default String get(String url) throws Exception {
      return get(url, HttpClientContext.create());
    }
  }

  private Calls calls(Kind kind) {
    return calls(kind, null);
  }

  private Calls calls(Kind kind, @Nullable MockWebServer proxy) {
    HttpHost via = proxy == null ? null : new HttpHost(NamedHosts.PLAIN, proxy.getPort());
    return kind == Kind.CLASSIC ? classic(via) : async(via);
  }

  private Calls classic(@Nullable HttpHost via) {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .disableAutomaticRetries()
            .setProxy(via)
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(rig.hosts)
                    .build());
    return calls(rig.keep(builder.build()));
  }

  private static Calls calls(CloseableHttpClient client) {
    return (url, context) ->
        client.execute(
            new HttpGet(url), context, response -> EntityUtils.toString(response.getEntity()));
  }

  private Calls async(@Nullable HttpHost via) {
    CloseableHttpAsyncClient client =
        rig.started(
            HttpAsyncClientBuilder.create()
                .disableAutomaticRetries()
                .setProxy(via)
                .setConnectionManager(
                    PoolingAsyncClientConnectionManagerBuilder.create()
                        .setDnsResolver(rig.hosts)
                        .build()));
    return (url, context) -> ReleasedResponse.get(client, url, context);
  }

  private static FakeServer with(ServerTls transport, MockWebServer server) {
    return Rig.https(NamedHosts.ONE, server).withTls(transport);
  }

  @ParameterizedTest
  @EnumSource
  void transport_isSpokenInPlaceOfTheApplicationsTls_andItsSessionIsShown(Kind kind)
      throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", with(new FakeTransport("t1", TRUSTING), server));
    Calls calls = calls(kind);
    HttpClientContext context = HttpClientContext.create();

    assertThat(calls.get("https://orders/x", context)).isEqualTo("ok");
    assertThat(calls.get("http://orders/x")).isEqualTo("ok");

    assertThat(context.getHttpRoute())
        .isEqualTo(new HttpRoute(HttpHost.create("https://orders:443"), null, true));
    assertThat(context.getSSLSession().getPeerHost()).isEqualTo(NamedHosts.ONE);
    assertThat(context.getSSLSession().getPeerCertificates()).isNotEmpty();
    RecordedRequest first = Rig.taken(server);
    assertThat(first.getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
    assertThat(first.getHeaders().get("Host")).isEqualTo("orders");
    assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    assertThatThrownBy(() -> calls.get("https://one.servers.test:" + server.getPort() + "/"))
        .isInstanceOf(SSLException.class);
  }

  @ParameterizedTest
  @EnumSource
  void transports_atOneAddress_haveConnectionsOfTheirOwn_asHasAReloadedOne(Kind kind)
      throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    FakeTransport transport = new FakeTransport("t1", TRUSTING);
    rig.balancer.serve("orders", with(transport, server));
    rig.balancer.serve("other", with(new FakeTransport("t2", TRUSTING), server));
    rig.balancer.serve("strict", with(new FakeTransport("t3", STRICT), server));
    Calls calls = calls(kind);

    String[] urls = {"https://orders/", "https://other/", "http://other/", "https://orders/"};
    for (String url : urls) {
      assertThat(calls.get(url)).isEqualTo("ok");
    }
    assertThatThrownBy(() -> calls.get("https://strict/")).isInstanceOf(SSLException.class);
    rig.balancer.serve("orders", with(transport, server));
    assertThat(calls.get("https://orders/")).isEqualTo("ok");
    rig.balancer.serve("orders", with(new FakeTransport("t4", STRICT), server));
    assertThatThrownBy(() -> calls.get("https://orders/")).isInstanceOf(SSLException.class);

    int[] connections = {0, 1, 1, 0, 0};
    for (int connection : connections) {
      assertThat(Rig.taken(server).getConnectionIndex()).isEqualTo(connection);
    }
    assertThat(server.getRequestCount()).isEqualTo(connections.length);
  }

  @ParameterizedTest
  @EnumSource
  void refusedCertificate_isNoConnection_andTheCallMoves(Kind kind) throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve(
        "orders",
        with(new FakeTransport("t1", STRICT), server),
        with(new FakeTransport("t2", TRUSTING), server));

    assertThat(calls(kind).get("https://orders/")).isEqualTo("ok");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void transportsCertificate_isNobodysUser_andCallsShareTheConnection(Kind kind) throws Exception {
    MockWebServer server = rig.startMutualTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", with(new FakeTransport("mutual", TRUSTING), server));
    Calls calls = calls(kind);

    for (int i = 0; i < 3; i++) {
      HttpClientContext context = HttpClientContext.create();
      assertThat(calls.get("https://orders/", context)).isEqualTo("ok");
      assertThat(context.getUserToken()).isNull();
      assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tunnel_endsWithTheTransport(Kind kind) throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"),
            new MockResponse.Builder().body("kept"));
    FakeServer secure = new FakeServer("https", NamedHosts.TWO, 8443, true);
    rig.balancer.serve("orders", secure.withTls(new FakeTransport("t1", TRUSTING)));
    Calls calls = calls(kind, proxy);

    assertThat(calls.get("http://orders/x")).isEqualTo("tunnelled");
    assertThat(calls.get("http://orders/x")).isEqualTo("kept");

    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    RecordedRequest request = Rig.taken(proxy);
    assertThat(request.getTarget()).isEqualTo("/x");
    assertThat(request.getHandshakeServerNames()).containsExactly(NamedHosts.TWO);
  }

  @ParameterizedTest
  @EnumSource
  void tunnel_toAServerThatTheTransportRefuses_isNoConnection(Kind kind) throws Exception {
    MockWebServer proxy = rig.startTunnel(NamedHosts.TWO, new MockResponse.Builder().inTunnel());
    FakeServer secure = new FakeServer("https", NamedHosts.TWO, 8443, true);
    rig.balancer.serve("orders", secure.withTls(new FakeTransport("t1", STRICT)));

    assertThatThrownBy(() -> calls(kind, proxy).get("https://orders/x"))
        .isInstanceOf(SSLException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
  }
}
