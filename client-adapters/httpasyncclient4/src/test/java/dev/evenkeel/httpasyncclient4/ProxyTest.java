package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.conn.SystemDefaultRoutePlanner;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProxyTest {
  private static final FakeServer PLAIN = new FakeServer("http", NamedHosts.TWO, 8080, true);
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.TWO, 8443, true);

  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpAsyncClient clientVia(MockWebServer proxy) {
    return rig.keep(
        rig.builder().setProxy(new HttpHost(NamedHosts.PLAIN, proxy.getPort())).build());
  }

  @Test
  void request_afterAProxiedCall_isLogicalAgain() throws Exception {
    rig.balancer.serve("orders", PLAIN.withOwnHostHeader());
    HttpClientContext context = HttpClientContext.create();

    Rig.send(clientVia(rig.start("proxied")), new HttpGet("http://orders/x"), context);

    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("http://orders/x");
    assertThat(context.getRequest().getFirstHeader("Host").getValue()).isEqualTo("orders");
    assertThat(context.getTargetHost().toURI()).isEqualTo("http://orders");
  }

  @Test
  void tunnel_ofLogicalHttp_leadsToTheServerAndHidesWhatIsForTheProxy() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve("orders", SECURE);
    HttpGet get = new HttpGet("http://orders/x");
    get.setHeader("Proxy-Authorization", "Basic c2VjcmV0");

    assertThat(Rig.send(clientVia(proxy), get)).isEqualTo("tunnelled");

    RecordedRequest connect = Rig.taken(proxy);
    assertThat(connect.getRequestLine()).isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    assertThat(connect.getHeaders().get("Host")).isEqualTo("two.servers.test:8443");
    RecordedRequest request = Rig.taken(proxy);
    assertThat(request.getRequestLine()).isEqualTo("GET /x HTTP/1.1");
    assertThat(request.getHandshakeServerNames()).containsExactly(NamedHosts.TWO);
    assertThat(request.getHeaders().get("Host")).isEqualTo("orders");
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
    assertThat(request.getHeaders().get("Proxy-Connection")).isNull();
  }

  @Test
  void tunnels_allRefusedByTheProxy_endWithItsAnswer() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel().code(502).body("cannot connect"),
            new MockResponse.Builder().inTunnel().code(504).body("nor there"));
    rig.balancer.serve("orders", SECURE, new FakeServer("https", NamedHosts.ONE, 8443, true));

    assertThat(Rig.get(clientVia(proxy), "https://orders/x")).isEqualTo("nor there");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED);
  }

  @Test
  void tunnel_thatTheProxyClosesUnanswered_movesTheRequestAndNotTheConnect() throws Exception {
    MockWebServer proxy =
        rig.start(
            request ->
                request.getMethod().equals("CONNECT")
                    ? new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket())
                    : new MockResponse.Builder().body("proxied"));
    rig.balancer.serve("orders", SECURE, PLAIN);

    assertThat(Rig.get(clientVia(proxy), "http://orders/x")).isEqualTo("proxied");

    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("GET http://two.servers.test:8080/x HTTP/1.1");
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void proxySelector_isAskedForTheLogicalHostAndItsProxyLeadsToTheServer() throws Exception {
    MockWebServer proxy = rig.start("proxied");
    rig.balancer.serve("orders", PLAIN);
    List<String> asked = new CopyOnWriteArrayList<>();
    ProxySelector selector =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri.toString());
            return List.of(
                new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(NamedHosts.PLAIN, proxy.getPort())));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            asked.add("failed " + uri);
          }
        };
    CloseableHttpAsyncClient client =
        rig.keep(rig.builder().setRoutePlanner(new SystemDefaultRoutePlanner(selector)).build());

    assertThat(Rig.get(client, "http://orders/x")).isEqualTo("proxied");

    assertThat(asked).containsExactly("http://orders");
    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("GET http://two.servers.test:8080/x HTTP/1.1");
  }
}
