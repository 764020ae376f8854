package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.fake.FakeServer;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A target that {@link java.net.URI} cannot read goes to its server as any other. */
class WireRequestTest {
  private static final String TARGET = "/a|b?c={d}";

  @RegisterExtension final Rig rig = new Rig();

  private static String send(CloseableHttpAsyncClient client, HttpRequest request)
      throws Exception {
    return EntityUtils.toString(
        client
            .execute(new HttpHost("orders"), request, null)
            .get(20, TimeUnit.SECONDS)
            .getEntity());
  }

  @Test
  void target_thatIsNoUri_getsTheServersPathAndHost() throws Exception {
    MockWebServer server = rig.start("served");
    FakeServer own = Rig.http(server).withPath("/base").withOwnHostHeader();
    rig.balancer.serve("orders", own);
    BasicHttpEntityEnclosingRequest post = new BasicHttpEntityEnclosingRequest("POST", TARGET);
    post.setEntity(new StringEntity("the body"));

    assertThat(send(rig.client(), post)).isEqualTo("served");

    RecordedRequest request = Rig.taken(server);
    assertThat(request.getRequestLine()).isEqualTo("POST /base" + TARGET + " HTTP/1.1");
    assertThat(request.getHeaders().get("Host")).isEqualTo(own.authority());
    assertThat(request.getBody().utf8()).isEqualTo("the body");
  }

  @Test
  void target_thatIsNoUri_inATunnelHidesWhatIsForTheProxy() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve(
        "orders", new FakeServer("https", NamedHosts.TWO, 8443, true).withPath("/base"));
    HttpRequest get = new BasicHttpRequest("GET", TARGET);
    get.setHeader("Proxy-Authorization", "Basic c2VjcmV0");
    HttpHost at = new HttpHost(NamedHosts.PLAIN, proxy.getPort());

    assertThat(send(rig.keep(rig.builder().setProxy(at).build()), get)).isEqualTo("tunnelled");

    Rig.taken(proxy);
    RecordedRequest request = Rig.taken(proxy);
    assertThat(request.getRequestLine()).isEqualTo("GET /base" + TARGET + " HTTP/1.1");
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
  }
}
