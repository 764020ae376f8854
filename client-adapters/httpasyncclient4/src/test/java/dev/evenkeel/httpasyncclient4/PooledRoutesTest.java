package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.FakeTransport;
import java.net.InetAddress;
import org.apache.http.HttpHost;
import org.apache.http.conn.routing.HttpRoute;
import org.junit.jupiter.api.Test;

class PooledRoutesTest {
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.ONE, 8443, true);
  private static final HttpHost LOGICAL = new HttpHost("orders", 80, "http");

  private static HttpRoute route(FakeServer server, String transport, HttpRoute logical) {
    return ServerRoutes.to(
        server.withTls(new FakeTransport(transport, Rig.withCertificate())), logical);
  }

  @Test
  void of_transports_areRoutesOfTheirOwnByASchemeThatClientsKnow() {
    HttpRoute logical = new HttpRoute(LOGICAL);

    HttpRoute one = PooledRoutes.of(route(SECURE, "t1", logical));
    HttpRoute other = PooledRoutes.of(route(SECURE, "t2", logical));

    assertThat(one).isNotEqualTo(other).isNotEqualTo(ServerRoutes.to(SECURE, logical));
    assertThat(one).isEqualTo(PooledRoutes.of(route(SECURE, "t1", logical)));
    assertThat(one.getTargetHost().getSchemeName()).isEqualTo("https");
  }

  @Test
  void of_routeWithoutATransport_isTheSame() {
    HttpRoute route = ServerRoutes.to(SECURE, new HttpRoute(LOGICAL));

    assertThat(PooledRoutes.of(route)).isSameAs(route);
    assertThat(PooledRoutes.toServer(route)).isSameAs(route);
  }

  @Test
  void of_routeThroughAProxy_isTheSame_sinceTheSchemeIsNotAskedFor() {
    HttpHost proxy = new HttpHost("proxy", 3128, "http");
    HttpRoute route = route(SECURE, "t1", new HttpRoute(LOGICAL, null, proxy, false));

    assertThat(PooledRoutes.of(route)).isSameAs(route);
  }

  @Test
  void toServer_ofAPooledRoute_hasTheServersNameAndTheLocalAddress() throws Exception {
    InetAddress local = InetAddress.getLoopbackAddress();
    HttpRoute pooled = PooledRoutes.of(route(SECURE, "t1", new HttpRoute(LOGICAL, local, false)));

    HttpRoute server = PooledRoutes.toServer(pooled);

    assertThat(server.getTargetHost()).isEqualTo(new HttpHost(NamedHosts.ONE, 8443, "https"));
    assertThat(server.getLocalAddress()).isEqualTo(local);
    assertThat(pooled.getLocalAddress()).isEqualTo(local);
  }

  @Test
  void toServer_ofAnIpv6Literal_keepsItsBrackets() {
    FakeServer literal = new FakeServer("https", "::1", 8443, true);
    HttpRoute pooled = PooledRoutes.of(route(literal, "t1", new HttpRoute(LOGICAL)));

    assertThat(PooledRoutes.toServer(pooled).getTargetHost().getHostName()).isEqualTo("[::1]");
  }

  @Test
  void toServer_ofANameThatOnlyLooksAlike_isTheSame() {
    HttpRoute route = new HttpRoute(new HttpHost("x.transport.invalid", 443, "https"));

    assertThat(PooledRoutes.toServer(route)).isSameAs(route);
  }
}
