package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The minimal client that speaks HTTP/2 only, whose URLs have to name a port. */
class MinimalHttp2ClientTest {
  private static final String URL = "http://orders:80/";

  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpAsyncClient client() {
    CloseableHttpAsyncClient client =
        rig.keep(
            HttpAsyncClients.createHttp2Minimal(
                H2Config.DEFAULT, IOReactorConfig.DEFAULT, rig.hosts, Rig.trustingTls()));
    client.start();
    return client;
  }

  @Test
  void call_keepsTheLogicalHostAndRequest() throws Exception {
    MockWebServer server = rig.startHttp2("a");
    rig.balancer.serve("orders", Rig.http(server));
    SimpleHttpRequest get = SimpleRequestBuilder.get("http://orders:81/x?y").build();
    HttpClientContext context = HttpClientContext.create();

    SimpleHttpResponse response = client().execute(get, context, null).get(10, TimeUnit.SECONDS);

    assertThat(response.getBodyText()).isEqualTo("a");
    RecordedRequest request = Rig.taken(server);
    assertThat(request.getRequestLine()).isEqualTo("GET /x?y HTTP/2");
    assertThat(request.getHeaders().values(":authority")).containsExactly("orders:81");
    assertThat(request.getHeaders().values(":scheme")).containsExactly("http");
    assertThat(context.getRequest().getUri()).hasToString("http://orders:81/x?y");
    assertThat(get.getUri()).hasToString("http://orders:81/x?y");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void serverWithOwnHostHeaderAndPath_getsThemAndAMirrorTheSame() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder());
    rig.balancer.serve(
        "orders",
        Rig.dead().withPath("/dead"),
        Rig.https(NamedHosts.ONE, server).withOwnHostHeader().withPath("/base"));
    rig.balancer.mirror();
    SimpleHttpRequest post =
        SimpleRequestBuilder.post(URL + "a%2F?y").setBody("body", ContentType.TEXT_PLAIN).build();

    Rig.send(client(), post);

    RecordedRequest request = Rig.taken(server);
    assertThat(request.getTarget()).isEqualTo("/base/a%2F?y");
    assertThat(request.getHeaders().values(":scheme")).containsExactly("https");
    assertThat(request.getHeaders().values(":authority"))
        .containsExactly(NamedHosts.ONE + ":" + server.getPort());
    assertThat(request.getBody().utf8()).isEqualTo("body");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
    assertThat(post.getRequestUri()).isEqualTo("/a%2F?y");
  }

  @Test
  void calls_toOneServer_shareItsSession() throws Exception {
    MockWebServer server = rig.startHttp2("a");
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = client();

    for (int i = 0; i < 3; i++) {
      Rig.get(client, URL);
      assertThat(Rig.taken(server).getConnectionIndex()).isZero();
    }

    assertThat(rig.balancer.attempts())
        .hasSize(3)
        .allMatch(attempt -> attempt.outcome() == Outcome.COMPLETED);
  }

  @Test
  void callToAnotherHost_isLeftAlone() throws Exception {
    MockWebServer host = rig.startHttp2("host");

    assertThat(Rig.get(client(), "http://" + NamedHosts.PLAIN + ":" + host.getPort() + "/"))
        .isEqualTo("host");

    assertThat(rig.balancer.attempts()).isEmpty();
  }

  @Test
  void body_afterConnectFailures_isSentOnce() throws Exception {
    MockWebServer alive = rig.startHttp2("alive");
    rig.balancer.serve("orders", Rig.dead(), Rig.dead(), Rig.http(alive));

    SimpleHttpRequest post =
        SimpleRequestBuilder.post(URL).setBody("only once", ContentType.TEXT_PLAIN).build();
    assertThat(Rig.send(client(), post)).isEqualTo("alive");

    assertThat(Rig.taken(alive).getBody().utf8()).isEqualTo("only once");
    assertThat(alive.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void allServersRefusing_endWithTheClientsOwnException() throws Exception {
    rig.balancer.serve("orders", Rig.dead(), Rig.dead());

    assertThatThrownBy(() -> Rig.get(client(), URL))
        .hasCauseExactlyInstanceOf(HttpHostConnectException.class);

    assertThat(rig.balancer.attempts())
        .hasSize(2)
        .allMatch(attempt -> attempt.outcome() == Outcome.CONNECT_FAILED);
  }

  @Test
  void noServer_endsWithTheBalancersPlainExceptionAndConnectsToNobody() {
    rig.balancer.serve("orders");

    Throwable failure = catchThrowable(() -> Rig.get(client(), URL));

    assertThat(failure)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");
    assertThat(rig.hosts.asked()).isEmpty();
  }

  @Test
  void cookies_areThoseOfTheRequest() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.startHttp2("a")));
    rig.balancer.stickWith("sticky=a");
    SimpleHttpRequest get = SimpleRequestBuilder.get(URL).build();
    get.setHeader("Cookie", "sticky=header");

    SimpleHttpResponse response = client().execute(get, null).get(10, TimeUnit.SECONDS);

    assertThat(rig.balancer.seen().get(0).cookies()).isEqualTo("sticky=header");
    assertThat(response.getFirstHeader("Set-Cookie").getValue()).isEqualTo("sticky=a");
  }

  @Test
  void closedClient_blamesNoServer() throws Exception {
    MockWebServer server = rig.startHttp2("a");
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = client();
    Rig.get(client, URL);

    client.close();

    assertThatThrownBy(() -> Rig.get(client, URL)).isInstanceOf(Exception.class);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }
}
