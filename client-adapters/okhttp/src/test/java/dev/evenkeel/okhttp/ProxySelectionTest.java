package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the client's proxy selector is asked, and that its answers are kept apart. */
final class ProxySelectionTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void selector_ofABalancedCall_isAskedForTheLogicalHost() throws Exception {
    MockWebServer proxy = rig.server("through proxy");
    FakeServer server = new FakeServer("http", "one.test", 8081, true);
    rig.balancer.service("orders", server, server.withPath("/base"));
    Selector selector = new Selector(Map.of("orders", List.of(proxy.getProxyAddress())));

    OkHttpClient client = client(selector);

    for (String target : List.of("/a?b", "/base/a?b")) {
      assertThat(Rig.body(client, "https://orders:81/a?b")).isEqualTo("through proxy");
      assertThat(Rig.taken(proxy).getRequestLine())
          .isEqualTo("GET http://one.test:8081" + target + " HTTP/1.1");
    }

    assertThat(selector.events)
        .containsExactly("asked https://orders:81/", "asked https://orders:81/");
  }

  @Test
  void selector_ofAProxyThatRefuses_isToldOfTheLogicalHost() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    SocketAddress refusing =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Rig.dead("proxy").port());
    Selector selector =
        new Selector(
            Map.of("orders", List.of(new Proxy(Proxy.Type.HTTP, refusing), Proxy.NO_PROXY)));

    String answer = Rig.body(client(selector), "http://orders/a");

    assertThat(answer).isEqualTo("one");
    assertThat(selector.events).containsExactly("asked http://orders/", "failed http://orders/");
  }

  @Test
  void selector_thatTellsHostsOfOneServerApart_isObeyedOnKeptConnections() throws Exception {
    FakeServer server = Rig.at("one", rig.server("one"));
    rig.balancer.service("orders", server);
    rig.balancer.service("shop", server);
    MockWebServer proxy = rig.server("through proxy");
    OkHttpClient client = client(new Selector(Map.of("orders", List.of(proxy.getProxyAddress()))));

    for (int i = 0; i < 2; i++) {
      assertThat(Rig.body(client, "http://orders/")).isEqualTo("through proxy");
      assertThat(Rig.body(client, "http://shop/")).isEqualTo("one");
    }

    Rig.taken(proxy);
    assertThat(Rig.taken(proxy).getConnectionIndex()).isZero();
  }

  @Test
  void serverByH2c_behindAProxyThatReadsRequests_isAskedForInHttp1() throws Exception {
    MockWebServer proxy = rig.server("through proxy");
    rig.balancer.service("orders", new FakeServer("h2c", "one.test", 8081, true));
    Proxy http = proxy.getProxyAddress();
    Selector selector = new Selector(Map.of("orders", List.of(http)));

    for (OkHttpClient client :
        List.of(client(selector), rig.track(Rig.builder().proxy(http).build()))) {
      assertThat(Rig.body(client, "http://orders/a?b")).isEqualTo("through proxy");
      assertThat(Rig.taken(proxy).getRequestLine())
          .isEqualTo("GET http://one.test:8081/a?b HTTP/1.1");
    }
    assertThat(selector.events).isNotEmpty().containsOnly("asked http://orders/");
  }

  @Test
  void serverByH2c_ofAClientInHttp1AndOfOneInHttp2_isSpokenToInHttp2() throws Exception {
    MockWebServer server = rig.server("one");
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    rig.balancer.service("orders", new FakeServer("h2c", "one.test", server.getPort(), true));

    for (List<Protocol> protocols :
        List.of(
            List.of(Protocol.HTTP_1_1),
            List.of(Protocol.HTTP_2, Protocol.HTTP_1_1),
            List.of(Protocol.H2_PRIOR_KNOWLEDGE))) {
      OkHttpClient client = rig.track(Rig.builder().protocols(protocols).build());
      assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
      assertThat(Rig.taken(server).getRequestLine()).isEqualTo("GET / HTTP/2");
    }
  }

  private OkHttpClient client(ProxySelector selector) {
    return rig.track(Rig.builder().proxySelector(selector).build());
  }

  /** Selects by host, and writes down what it is asked and told. */
  private static final class Selector extends ProxySelector {
    final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<String, List<Proxy>> proxies;

    Selector(Map<String, List<Proxy>> proxies) {
      this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(URI uri) {
      events.add("asked " + uri);
      return proxies.getOrDefault(uri.getHost(), List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
      events.add("failed " + uri);
    }
  }
}
