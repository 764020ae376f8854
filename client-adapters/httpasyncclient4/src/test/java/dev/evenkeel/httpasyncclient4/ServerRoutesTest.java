package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.net.InetAddress;
import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.junit.jupiter.api.Test;

class ServerRoutesTest {
  private static final FakeServer PLAIN = new FakeServer("http", NamedHosts.ONE, 8080, true);
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.ONE, 8443, true);
  private static final HttpHost LOGICAL = new HttpHost("orders", 80, "http");
  private static final HttpHost PROXY = new HttpHost("proxy", 3128, "http");

  @Test
  void to_sameServer_isTheSameRoute() {
    HttpRoute route = ServerRoutes.to(SECURE, new HttpRoute(LOGICAL));

    assertThat(route)
        .isEqualTo(new HttpRoute(new HttpHost(NamedHosts.ONE, 8443, "https"), null, true));
    assertThat(ServerRoutes.to(SECURE, new HttpRoute(LOGICAL))).isSameAs(route);
  }

  @Test
  void to_logicalRouteWithLocalAddress_keepsIt() {
    InetAddress local = InetAddress.getLoopbackAddress();

    HttpRoute route = ServerRoutes.to(PLAIN, new HttpRoute(LOGICAL, local, false));

    assertThat(route.getLocalAddress()).isEqualTo(local);
    assertThat(route.getTargetHost().getPort()).isEqualTo(8080);
  }

  @Test
  void to_proxiedLogicalRoute_tunnelsToSecureServersOnly() {
    HttpRoute logical = new HttpRoute(LOGICAL, null, PROXY, false);
    HttpHost secure = new HttpHost(NamedHosts.ONE, 8443, "https");

    assertThat(ServerRoutes.to(SECURE, logical))
        .isEqualTo(new HttpRoute(secure, null, PROXY, true));
    assertThat(ServerRoutes.isProxied(ServerRoutes.to(PLAIN, logical))).isTrue();
  }

  @Test
  void to_ipv6Server_isInBracketsAsInAUri() {
    FakeServer literal = new FakeServer("http", "::1", 8080, true);

    HttpRoute route = ServerRoutes.to(literal, new HttpRoute(LOGICAL));

    assertThat(route.getTargetHost().toURI()).isEqualTo("http://[::1]:8080");
  }
}
