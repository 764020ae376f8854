package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProxyTest {
  private static final FakeServer PLAIN = new FakeServer("http", NamedHosts.TWO, 8080, true);
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.TWO, 8443, true);

  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpClient clientVia(MockWebServer proxy) {
    return rig.keep(
        rig.builder().setProxy(new HttpHost(NamedHosts.PLAIN, proxy.getPort())).build());
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

    assertThat(Rig.taken(proxy).getRequestLine())
        .isEqualTo("CONNECT two.servers.test:8443 HTTP/1.1");
    RecordedRequest request = Rig.taken(proxy);
    assertThat(request.getRequestLine()).isEqualTo("GET /x HTTP/1.1");
    assertThat(request.getHandshakeServerNames()).containsExactly(NamedHosts.TWO);
    assertThat(request.getHeaders().get("Host")).isEqualTo("orders");
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
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
            return List.of(proxy.getProxyAddress());
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
