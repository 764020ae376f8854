package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The proxies of an asynchronous call are the logical host's, and lead to the server. */
class AsyncProxyTest {
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.TWO, 8443, true);

  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpAsyncClient clientVia(MockWebServer proxy) {
    return rig.started(
        rig.asyncBuilder().setProxy(new HttpHost(NamedHosts.PLAIN, proxy.getPort())));
  }

  @Test
  void tunnel_ofLogicalHttp_leadsToTheServerAndHidesWhatIsForTheProxy() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve("orders", SECURE);
    SimpleHttpRequest get = SimpleRequestBuilder.get("http://orders/x").build();
    get.setHeader("Proxy-Authorization", "Basic c2VjcmV0");

    assertThat(Rig.send(clientVia(proxy), get)).isEqualTo("tunnelled");

    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    RecordedRequest request = Rig.taken(proxy);
    assertThat(request.getTarget()).isEqualTo("/x");
    assertThat(request.getHandshakeServerNames()).containsExactly(NamedHosts.TWO);
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void tunnel_refusedByAProxyThatHangsUp_movesOnce() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder()
                .inTunnel()
                .code(502)
                .body("x".repeat(100_000))
                .onResponseBody(new SocketEffect.CloseSocket()),
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve("orders", new FakeServer("https", NamedHosts.ONE, 8443, true), SECURE);

    assertThat(Rig.get(clientVia(proxy), "https://orders/x")).isEqualTo("tunnelled");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void tunnel_refusedForTheLastServer_isTheApplicationsToSee() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO, new MockResponse.Builder().inTunnel().code(502).body("cannot connect"));
    rig.balancer.serve("orders", SECURE);

    assertThat(Rig.get(clientVia(proxy), "https://orders/x")).isEqualTo("cannot connect");

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
  }
}
