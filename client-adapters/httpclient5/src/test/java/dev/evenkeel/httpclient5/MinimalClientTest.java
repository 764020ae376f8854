package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classic client without a chain: no cookies, no redirects, no authentication, no proxy. */
class MinimalClientTest {
  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpClient client() {
    return rig.keep(HttpClients.createMinimal(rig.connections().build()));
  }

  @Test
  void call_keepsTheLogicalHostRequestAndContext() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    HttpClientContext context = HttpClientContext.create();
    HttpGet get = new HttpGet("http://orders:81/x?y");

    String answer =
        client().execute(get, context, response -> EntityUtils.toString(response.getEntity()));

    assertThat(answer).isEqualTo("a");
    RecordedRequest request = Rig.taken(server);
    assertThat(request.getRequestLine()).isEqualTo("GET /x?y HTTP/1.1");
    assertThat(request.getHeaders().values("Host")).containsExactly("orders:81");
    assertThat(context.getRequest()).isSameAs(get);
    assertThat(context.getHttpRoute().getTargetHost().toURI()).isEqualTo("http://orders:81");
    assertThat(get.getUri().toString()).isEqualTo("http://orders:81/x?y");
    assertThat(get.getFirstHeader("Host").getValue()).isEqualTo("orders:81");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void requestWithABody_thatIsToBeSentWithItsWholeUri_is() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    HttpPost post = new HttpPost("http://orders/x");
    post.setEntity(new StringEntity("body"));
    post.setAbsoluteRequestUri(true);

    assertThat(Rig.send(client(), post)).isEqualTo("a");

    RecordedRequest request = Rig.taken(server);
    assertThat(request.getRequestLine()).isEqualTo("POST http://orders/x HTTP/1.1");
    assertThat(request.getBody().utf8()).isEqualTo("body");
  }

  @Test
  void requestWithoutAuthority_keepsTheLogicalHost() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    BasicClassicHttpRequest get = new BasicClassicHttpRequest("GET", "/x");

    client().execute(new HttpHost("orders"), get, response -> null);

    assertThat(Rig.taken(server).getHeaders().values("Host")).containsExactly("orders");
    assertThat(get.getAuthority().getHostName()).isEqualTo("orders");
  }

  @Test
  void serverWithOwnHostHeaderAndPath_getsThemWhileTheRequestStaysLogical() throws Exception {
    MockWebServer server = rig.start("a");
    FakeServer target = Rig.http(server).withOwnHostHeader().withPath("/base");
    rig.balancer.serve("orders", Rig.dead().withPath("/dead"), target);
    rig.balancer.mirror();
    HttpClientContext context = HttpClientContext.create();
    HttpPost post = new HttpPost("http://orders/a//x%2F?y");
    post.setEntity(new StringEntity("body"));

    client().execute(post, context, response -> null);

    RecordedRequest request = Rig.taken(server);
    assertThat(request.getTarget()).isEqualTo("/base/a//x%2F?y");
    assertThat(request.getHeaders().values("Host")).containsExactly(target.authority());
    assertThat(request.getBody().utf8()).isEqualTo("body");
    assertThat(context.getRequest()).isSameAs(post);
    assertThat(post.getPath()).isEqualTo("/a//x%2F?y");
    assertThat(post.getFirstHeader("Host").getValue()).isEqualTo("orders");
  }

  @Test
  void sameRequest_isBalancedEachTime() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    CloseableHttpClient client = client();
    HttpGet get = new HttpGet("http://orders/");

    assertThat(Rig.send(client, get)).isEqualTo("a");
    get.removeHeaders("Host");
    assertThat(Rig.send(client, get)).isEqualTo("a");

    assertThat(rig.balancer.attempts()).hasSize(2);
  }

  @Test
  void oneShotBody_afterConnectFailures_isSentOnce() throws Exception {
    MockWebServer alive = rig.start("alive");
    rig.balancer.serve("orders", Rig.dead(), Rig.dead(), Rig.http(alive));
    HttpPost post = new HttpPost("http://orders/");
    byte[] body = "only once".getBytes(StandardCharsets.UTF_8);
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), null));

    assertThat(Rig.send(client(), post)).isEqualTo("alive");

    assertThat(Rig.taken(alive).getBody().utf8()).isEqualTo("only once");
    assertThat(alive.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  /** The client's response gives its endpoint back without a look at the body. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("deprecation") // a handler could not keep the response open
  void response_closedAtOnceOrWithoutItsBody_endsItsAttempt(boolean isClosedAtOnce)
      throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    CloseableHttpResponse response = client().execute(new HttpGet("http://orders/"));

    if (isClosedAtOnce) {
      response.close(CloseMode.IMMEDIATE);
    } else {
      response.setEntity(null);
      response.close();
    }

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void allServersRefusing_endWithTheClientsOwnException() throws Exception {
    rig.balancer.serve("orders", Rig.dead(), Rig.dead());
    CloseableHttpClient client = client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(HttpHostConnectException.class);

    assertThat(rig.balancer.attempts())
        .hasSize(2)
        .allMatch(attempt -> attempt.outcome() == Outcome.CONNECT_FAILED);
  }

  @Test
  void noServer_endsWithTheBalancersPlainExceptionAndLeasesNothing() {
    rig.balancer.serve("orders");
    CloseableHttpClient client = client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");

    assertThat(rig.hosts.asked()).isEmpty();
  }

  @Test
  void responseTimeout_isNotTriedElsewhere() throws Exception {
    MockWebServer silent =
        rig.start(r -> new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.http(silent), Rig.http(other));
    HttpGet get = new HttpGet("http://orders/");
    get.setConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(200)).build());
    CloseableHttpClient client = client();

    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(SocketTimeoutException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void exhaustedPool_isTheClientsOwnLimitAndMovesNowhere() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    CloseableHttpClient client =
        rig.keep(HttpClients.createMinimal(rig.connections().setMaxConnTotal(1).build()));
    HttpGet impatient = new HttpGet("http://orders/");
    impatient.setConfig(
        RequestConfig.custom().setConnectionRequestTimeout(Timeout.ofMilliseconds(50)).build());

    client.execute(
        new HttpGet("http://orders/"),
        first -> {
          assertThatThrownBy(() -> Rig.send(client, impatient))
              .isInstanceOf(ConnectionRequestTimeoutException.class);
          return null;
        });

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }

  @Test
  void abort_whileConnecting_movesNowhere() throws Exception {
    HttpGet get = new HttpGet("http://orders/");
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.dead(), Rig.http(other));
    CloseableHttpClient client =
        rig.keep(
            HttpClients.createMinimal(
                rig.connections().setDnsResolver(new AbortingHosts(get)).build()));

    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(IOException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void requestThatTheClientRefuses_endsItsAttemptAndStaysInTheContext() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    HttpClientContext context = HttpClientContext.create();
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new StringEntity("body"));
    post.setHeader("Content-Length", "4");
    CloseableHttpClient client = client();

    assertThatThrownBy(() -> client.execute(post, context, response -> null))
        .isInstanceOf(ClientProtocolException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(context.getRequest()).isSameAs(post);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void cookies_areThoseOfTheRequestAndNotOfAStoreThatTheClientDoesNotAsk() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.stickWith(null);
    BasicCookieStore store = new BasicCookieStore();
    BasicClientCookie unused = new BasicClientCookie("sticky", "store");
    unused.setDomain("orders");
    unused.setPath("/");
    store.addCookie(unused);
    HttpClientContext context = HttpClientContext.create();
    context.setCookieStore(store);
    HttpGet get = new HttpGet("http://orders/");
    get.setHeader("Cookie", "sticky=header");

    client().execute(get, context, response -> null);

    assertThat(rig.balancer.seen().get(0).cookies()).isEqualTo("sticky=header");
  }

  @Test
  void setCookie_isAddedToTheResponse() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    rig.balancer.stickWith("sticky=a");

    String cookie =
        client()
            .execute(
                new HttpGet("http://orders/"),
                response -> response.getFirstHeader("Set-Cookie").getValue());

    assertThat(cookie).isEqualTo("sticky=a");
  }

  @Test
  void httpsServer_ofAPlainCall_getsItsOwnName() throws Exception {
    MockWebServer server =
        rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder().body("ok"));
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server));

    assertThat(Rig.get(client(), "http://orders/")).isEqualTo("ok");

    assertThat(Rig.taken(server).getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
  }
}
