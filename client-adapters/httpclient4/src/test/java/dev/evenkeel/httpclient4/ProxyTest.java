package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.SystemDefaultRoutePlanner;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {
  private static final FakeServer PLAIN = new FakeServer("http", NamedHosts.TWO, 8080, true);
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.TWO, 8443, true);

  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpClient clientVia(MockWebServer proxy) {
    return rig.keep(
        rig.builder().setProxy(new HttpHost(NamedHosts.PLAIN, proxy.getPort())).build());
  }

  /** The client makes no URI of such a target, and would send it as it stands. */
  @ParameterizedTest
  @CsvSource({"/a|b?c={d}, ''", "http://orders/a|b?c={d}, ''", "/a|b?c={d}, /base"})
  void cleartextProxy_ofATargetThatIsNoUri_getsTheServerInTheRequestLine(String target, String path)
      throws Exception {
    MockWebServer proxy = rig.start("proxied");
    rig.balancer.serve("orders", PLAIN.withPath(path));
    rig.balancer.mirror();
    HttpClientContext context = HttpClientContext.create();

    String answer =
        clientVia(proxy)
            .execute(
                new HttpHost("orders"),
                new BasicHttpRequest("GET", target),
                r -> EntityUtils.toString(r.getEntity()),
                context);

    assertThat(answer).isEqualTo("proxied");
    RecordedRequest request = Rig.taken(proxy);
    assertThat(request.getRequestLine())
        .isEqualTo("GET http://two.servers.test:8080" + path + "/a|b?c={d} HTTP/1.1");
    assertThat(request.getHeaders().get("Host")).isEqualTo("orders");
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo(target);
    assertThat(rig.balancer.onlyCopy().head().get(0)).endsWith(" /a|b?c={d}");
  }

  /** As in a tunnel without the agent, where the line has what the application wrote. */
  @Test
  void tunnel_ofATargetThatIsNoUri_leadsToTheServer() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve("orders", SECURE);

    String answer =
        clientVia(proxy)
            .execute(
                new HttpHost("orders"),
                new BasicHttpRequest("GET", "/a|b"),
                r -> EntityUtils.toString(r.getEntity()));

    assertThat(answer).isEqualTo("tunnelled");
    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    assertThat(Rig.taken(proxy).getRequestLine()).isEqualTo("GET /a|b HTTP/1.1");
  }

  @Test
  void request_afterAProxiedCall_isLogicalAgain() throws Exception {
    MockWebServer proxy = rig.start("proxied");
    rig.balancer.serve("orders", PLAIN.withOwnHostHeader().withPath("/base"));
    HttpClientContext context = HttpClientContext.create();

    clientVia(proxy)
        .execute(new HttpGet("http://orders/x"), r -> EntityUtils.toString(r.getEntity()), context);

    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("GET http://two.servers.test:8080/base/x HTTP/1.1");
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("http://orders/x");
    assertThat(context.getRequest().getFirstHeader("Host").getValue()).isEqualTo("orders");
    assertThat(context.getRequest().getHeaders("Proxy-Connection")).hasSize(1);
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
    CloseableHttpClient client =
        rig.keep(rig.builder().setRoutePlanner(new SystemDefaultRoutePlanner(selector)).build());

    assertThat(Rig.get(client, "http://orders/x")).isEqualTo("proxied");

    assertThat(asked).containsExactly("http://orders");
    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("GET http://two.servers.test:8080/x HTTP/1.1");
  }
}
