package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client that has a step of its own: no cookies, no redirects, no authentication, no proxy. */
class MinimalClientTest {
  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpClient client() {
    return rig.keep(HttpClients.createMinimal(rig.connections(rig.hosts)));
  }

  @Test
  void call_keepsTheLogicalHostAndContext() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    HttpClientContext context = HttpClientContext.create();

    String answer =
        client()
            .execute(
                new HttpGet("http://orders:81/x?y"),
                response -> EntityUtils.toString(response.getEntity()),
                context);

    assertThat(answer).isEqualTo("a");
    RecordedRequest request = Rig.taken(server);
    assertThat(request.getRequestLine()).isEqualTo("GET /x?y HTTP/1.1");
    assertThat(request.getHeaders().values("Host")).containsExactly("orders:81");
    assertThat(context.getHttpRoute().getTargetHost().toURI()).isEqualTo("http://orders:81");
    assertThat(context.getTargetHost().toURI()).isEqualTo("http://orders:81");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void requestWithoutAbsoluteUri_keepsTheLogicalHostAndContext() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    HttpClientContext context = HttpClientContext.create();

    client()
        .execute(
            new HttpHost("orders"),
            new BasicHttpRequest("GET", "/x"),
            response -> EntityUtils.toString(response.getEntity()),
            context);

    assertThat(Rig.taken(server).getHeaders().values("Host")).containsExactly("orders:80");
    assertThat(context.getTargetHost().toURI()).isEqualTo("http://orders:80");
  }

  @Test
  void serverWithOwnHostHeader_getsItWhileTheContextStaysLogical() throws Exception {
    MockWebServer server = rig.start("a");
    FakeServer target = Rig.http(server).withOwnHostHeader();
    rig.balancer.serve("orders", target);
    HttpClientContext context = HttpClientContext.create();

    client()
        .execute(
            new HttpGet("http://orders/"),
            response -> EntityUtils.toString(response.getEntity()),
            context);

    assertThat(Rig.taken(server).getHeaders().values("Host")).containsExactly(target.authority());
    assertThat(context.getRequest().getFirstHeader("Host").getValue()).isEqualTo("orders");
  }

  @Test
  void serverWithAPath_getsItWhileTheRequestStaysLogical() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.dead().withPath("/dead"), Rig.http(server).withPath("/base"));
    rig.balancer.mirror();
    HttpClientContext context = HttpClientContext.create();

    client()
        .execute(
            new HttpGet("http://orders/a//x%2F?y"),
            response -> EntityUtils.toString(response.getEntity()),
            context);

    assertThat(Rig.taken(server).getTarget()).isEqualTo("/base/a/x%2F?y");
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/a/x%2F?y");
    assertThat(rig.balancer.onlyCopy().head()).startsWith("GET orders /a/x%2F?y");
  }

  @Test
  void requestWithoutAbsoluteUri_serverWithAPath_getsIt() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server).withPath("/base"));
    HttpClientContext context = HttpClientContext.create();

    client()
        .execute(
            new HttpHost("orders"),
            new BasicHttpRequest("GET", "/x"),
            response -> EntityUtils.toString(response.getEntity()),
            context);

    assertThat(Rig.taken(server).getTarget()).isEqualTo("/base/x");
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/x");
  }

  @Test
  void connectFailure_movesToAnotherServer() throws Exception {
    rig.balancer.serve("orders", Rig.dead(), Rig.http(rig.start("alive")));

    assertThat(Rig.get(client(), "http://orders/")).isEqualTo("alive");

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void responseTimeout_isNotTriedElsewhere() throws Exception {
    MockWebServer silent =
        rig.start(r -> new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.http(silent), Rig.http(other));
    HttpGet get = new HttpGet("http://orders/");
    get.setConfig(RequestConfig.custom().setSocketTimeout(200).build());
    CloseableHttpClient client = client();

    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(SocketTimeoutException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void noServer_endsWithTheBalancersPlainException() {
    rig.balancer.serve("orders");
    CloseableHttpClient client = client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");
  }

  @Test
  void httpsServer_getsItsOwnName() throws Exception {
    MockWebServer server =
        rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder().body("ok"));
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server));

    assertThat(Rig.get(client(), "https://orders/")).isEqualTo("ok");

    assertThat(Rig.taken(server).getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
  }
}
