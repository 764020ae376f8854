package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.FakeTransport;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A server's transport in all the clients of the library, with and without a chain, pools of
 * connections and of sessions. They trust no server of this test by themselves, unless it says so.
 */
class TransportKindsTest {
  private static final String URL = "https://orders:443/";
  private static final AtomicInteger IDS = new AtomicInteger();
  private static final Rig.Answer OK = request -> new MockResponse.Builder().body("ok");
  private static final HandshakeCertificates TRUSTING = Rig.withCertificate();
  private static final HandshakeCertificates STRICT = new HandshakeCertificates.Builder().build();

  @RegisterExtension final Rig rig = new Rig();

  /** The clients of the library. */
  enum Kind {
    CLASSIC,
    CLASSIC_MINIMAL,
    ASYNC,
    ASYNC_MINIMAL,
    HTTP2,
    HTTP2_MINIMAL
  }

  /** A client's one way to be used here. */
  interface Calls {
    String get(String url) throws Exception;
  }

  private Calls calls(Kind kind) {
    return calls(kind, null);
  }

  private Calls calls(Kind kind, @Nullable HttpContext context) {
    return switch (kind) {
      case CLASSIC -> classic(rig.clientWithoutRetries());
      case CLASSIC_MINIMAL ->
          classic(rig.keep(HttpClients.createMinimal(rig.connections().build())));
      case ASYNC -> async(rig.asyncBuilder().disableAutomaticRetries().build(), context);
      case ASYNC_MINIMAL ->
          async(HttpAsyncClients.createMinimal(rig.asyncConnections().build()), context);
      case HTTP2 ->
          async(
              H2AsyncClientBuilder.create()
                  .setDnsResolver(rig.hosts)
                  .setTlsStrategy(Rig.trustingTls())
                  .disableAutomaticRetries()
                  .build(),
              context);
      case HTTP2_MINIMAL ->
          async(
              HttpAsyncClients.createHttp2Minimal(
                  H2Config.DEFAULT, IOReactorConfig.DEFAULT, rig.hosts, Rig.trustingTls()),
              context);
    };
  }

  private static Calls classic(CloseableHttpClient client) {
    return url ->
        client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
  }

  private Calls async(CloseableHttpAsyncClient opened, @Nullable HttpContext context) {
    CloseableHttpAsyncClient client = rig.keep(opened);
    client.start();
    return url -> ReleasedResponse.get(client, url, context);
  }

  private static ServerTls transport(HandshakeCertificates certificates) {
    return new FakeTransport(nextId(), certificates, true);
  }

  /** No two transports have one. */
  private static String nextId() {
    return "kind" + IDS.incrementAndGet();
  }

  private static FakeServer with(ServerTls transport, MockWebServer server) {
    return Rig.https(NamedHosts.ONE, server).withTls(transport);
  }

  @ParameterizedTest
  @EnumSource
  void transport_isSpokenInPlaceOfTheApplicationsTls(Kind kind) throws Exception {
    MockWebServer server = rig.startMutualTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", with(transport(TRUSTING), server));
    Calls calls = calls(kind);

    for (int i = 0; i < 3; i++) {
      assertThat(calls.get(URL)).isEqualTo("ok");
      assertThat(Rig.taken(server).getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
    }

    assertThat(rig.balancer.attempts())
        .hasSize(3)
        .allMatch(attempt -> attempt.outcome() == Outcome.COMPLETED);
    assertThatThrownBy(() -> calls.get("https://one.servers.test:" + server.getPort() + "/"))
        .isInstanceOf(Exception.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void refusedCertificate_isNoConnection_andTheCallMoves(Kind kind) throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve(
        "orders", with(transport(STRICT), server), with(transport(TRUSTING), server));

    assertThat(calls(kind).get(URL)).isEqualTo("ok");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void transports_atOneAddress_haveConnectionsOfTheirOwn(Kind kind) throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", with(transport(TRUSTING), server));
    rig.balancer.serve("other", with(transport(TRUSTING), server));
    rig.balancer.serve("strict", with(transport(STRICT), server));
    Calls calls = calls(kind);

    String[] urls = {URL, "https://other:443/", "http://other:80/", URL};
    for (String url : urls) {
      assertThat(calls.get(url)).isEqualTo("ok");
    }
    assertThatThrownBy(() -> calls.get("https://strict:443/")).isInstanceOf(SSLException.class);

    int[] connections = {0, 1, 1, 0};
    for (int connection : connections) {
      assertThat(Rig.taken(server).getConnectionIndex()).isEqualTo(connection);
    }
  }

  /** As a context that calls share, when another call has just written that it has no TLS. */
  private static final class OfAnotherCall extends HttpClientContext {
    @Override
    public @Nullable SSLSession getSSLSession() {
      return null;
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"ASYNC", "HTTP2", "HTTP2_MINIMAL"})
  void transport_isFoundOnTheConnection_notInAContextThatCallsShare(Kind kind) throws Exception {
    rig.balancer.serve("orders", with(transport(TRUSTING), rig.startMutualTls(NamedHosts.ONE, OK)));

    assertThat(calls(kind, new OfAnotherCall()).get(URL)).isEqualTo("ok");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  /** The client's own TLS would have spoken with the server. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"HTTP2", "HTTP2_MINIMAL"})
  void clientOfHttp2Only_doesNotSpeakItWhereTheTransportForbidsIt(Kind kind) throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", with(new FakeTransport(nextId(), TRUSTING), server));

    assertThatThrownBy(() -> calls(kind).get(URL)).isInstanceOf(SSLException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void refusedConnection_namesTheLogicalHostAndNothingElse(Kind kind) throws Exception {
    FakeServer dead = Rig.dead();
    rig.balancer.serve(
        "orders",
        new FakeServer("https", NamedHosts.TWO, dead.port(), true)
            .withTls(new FakeTransport(nextId(), TRUSTING)));

    Throwable failure = catchThrowable(() -> calls(kind).get(URL));

    assertThat(failure)
        .isExactlyInstanceOf(HttpHostConnectException.class)
        .hasMessage("Connect to https://orders:443 failed: Connection refused");
    assertThat(((HttpHostConnectException) failure).getHost())
        .isEqualTo(new HttpHost("https", "orders", 443));
    assertThat(failure.getStackTrace()).isNotEmpty();
  }
}
