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
