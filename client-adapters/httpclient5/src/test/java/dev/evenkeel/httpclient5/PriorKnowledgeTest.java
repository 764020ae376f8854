package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.net.InetAddress;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.Test;

class PriorKnowledgeTest {
  private static final FakeServer SERVER = new FakeServer("h2c", "a.test", 8080, true);
  private static final HttpHost HOST = PriorKnowledge.host(SERVER);

  /** The operator's forms: up to 5.1, up to 5.3, from 5.4 on, from 5.6 on. */
  @Test
  void settings_inEveryFormOfTheOperator_areThoseOfHttp2() {
    assertForced(4, "initiator", HOST, null, null, null, "waiting");
    assertForced(4, "initiator", HOST, null, null, null, "context", "waiting");
    assertForced(5, "initiator", HOST, null, null, null, null, "context", "waiting");
    assertForced(6, "initiator", HOST, null, null, null, null, null, "context", "waiting");
  }

  private static void assertForced(int settings, Object... arguments) {
    Object[] changed = (Object[]) Objects.requireNonNull(PriorKnowledge.connecting(arguments))[0];

    assertThat(changed).hasSameSizeAs(arguments);
    assertThat(((TlsConfig) changed[settings]).getHttpVersionPolicy())
        .isEqualTo(HttpVersionPolicy.FORCE_HTTP_2);
    for (int i = 0; i < arguments.length; i++) {
      assertThat(i == settings || changed[i] == arguments[i]).isTrue();
    }
    assertThat(PriorKnowledge.connecting(changed)).isNull();
  }

  @Test
  void route_byPriorKnowledge_isOneForTheServerAndUnlikeTheOneInHttp1() throws Exception {
    HttpRoute logical = new HttpRoute(new HttpHost("https", "orders", 443));
    HttpRoute route = ServerRoutes.byPriorKnowledge(SERVER, logical);

    assertThat(route).isSameAs(ServerRoutes.byPriorKnowledge(SERVER, logical));
    assertThat(route).isNotEqualTo(ServerRoutes.to(SERVER, logical));
    assertThat(ServerRoutes.to(SERVER, logical).getTargetHost().getSchemeName()).isEqualTo("http");
    assertThat(PriorKnowledge.isMeant(route.getTargetHost())).isTrue();
    assertThat(PriorKnowledge.isMeant(logical.getTargetHost())).isFalse();
    assertThat(route.isSecure()).isFalse();
    assertThat(route.getTargetHost().getPort()).isEqualTo(8080);

    InetAddress local = InetAddress.getLoopbackAddress();
    HttpRoute bound = new HttpRoute(logical.getTargetHost(), local, true);
    assertThat(ServerRoutes.byPriorKnowledge(SERVER, bound).getLocalAddress()).isEqualTo(local);
    assertThat(ServerRoutes.byPriorKnowledge(SERVER, bound).isSecure()).isFalse();
  }
}
