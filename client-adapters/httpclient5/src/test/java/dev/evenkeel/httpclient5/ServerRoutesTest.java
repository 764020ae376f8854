package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;

class ServerRoutesTest {
  private static final FakeServer PLAIN = new FakeServer("http", NamedHosts.ONE, 8080, true);
  private static final FakeServer SECURE = new FakeServer("https", NamedHosts.ONE, 8443, true);
  private static final HttpHost LOGICAL = new HttpHost("http", "orders", 80);
  private static final HttpHost PROXY = new HttpHost("http", "proxy", 3128);

  @Test
  void to_sameServer_isTheSameRoute() {
    HttpRoute route = ServerRoutes.to(SECURE, new HttpRoute(LOGICAL));

    assertThat(route)
        .isEqualTo(new HttpRoute(new HttpHost("https", NamedHosts.ONE, 8443), null, true));
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
    HttpHost secure = new HttpHost("https", NamedHosts.ONE, 8443);

    assertThat(ServerRoutes.to(SECURE, logical))
        .isEqualTo(new HttpRoute(secure, null, PROXY, true));
    assertThat(ServerRoutes.isProxied(ServerRoutes.to(PLAIN, logical))).isTrue();
  }

  /** The constructor came with 5.6; older versions must answer without it. */
  @Test
  void isUnixDomain_isTrueForSocketFilesOnly() throws Exception {
    List<Constructor<?>> constructors =
        Arrays.stream(HttpRoute.class.getConstructors())
            .filter(
                c ->
                    Arrays.equals(
                        c.getParameterTypes(), new Class<?>[] {HttpHost.class, Path.class}))
            .toList();
    boolean isSupported =
        Arrays.stream(HttpRoute.class.getMethods())
            .anyMatch(method -> method.getName().equals("getUnixDomainSocket"));

    assertThat(constructors).hasSize(isSupported ? 1 : 0);
    for (Constructor<?> constructor : constructors) {
      HttpRoute route = (HttpRoute) constructor.newInstance(LOGICAL, Path.of("/tmp/socket"));
      assertThat(ServerRoutes.isUnixDomain(route)).isTrue();
    }
    assertThat(ServerRoutes.isUnixDomain(new HttpRoute(LOGICAL))).isFalse();
  }
}
