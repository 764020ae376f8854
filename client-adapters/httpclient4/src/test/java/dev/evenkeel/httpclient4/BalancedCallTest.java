package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.RouteInfo;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedCallTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void calls_twoServers_areSpreadAsTheBalancerSays() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")), Rig.http(rig.start("b")));
    CloseableHttpClient client = rig.client();

    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(Rig.get(client, "http://orders/list?page=" + i));
    }

    assertThat(answers).containsExactly("a", "b", "a", "b");
    assertThat(rig.balancer.seen().get(3))
        .isEqualTo(new FakeBalancer.Seen("orders", "GET", "/list?page=3", null));
    assertThat(rig.balancer.attempts())
        .allMatch(attempt -> attempt.status() == 200 && attempt.outcome() == Outcome.COMPLETED);
    assertThat(rig.hosts.asked()).doesNotContain("orders");
  }

  /**
   * Neither client makes a URI of such a target, and the server's path stands before it as text.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void target_thatIsNoUri_getsTheServersPath(boolean isMinimal) throws Exception {
    MockWebServer server = rig.start(r -> new MockResponse.Builder().body(r.getBody().utf8()));
    rig.balancer.serve(
        "orders",
        Rig.dead().withPath("/dead"),
        Rig.http(server).withOwnHostHeader().withPath("/b"));
    rig.balancer.mirror();
    CloseableHttpClient client =
        isMinimal ? rig.keep(HttpClients.createMinimal(rig.connections(rig.hosts))) : rig.client();
    BasicHttpEntityEnclosingRequest post =
        new BasicHttpEntityEnclosingRequest("POST", "/a|b?c={d}");
    post.setEntity(new StringEntity("body"));
    post.setHeader("X-Own", "kept");
    HttpClientContext context = HttpClientContext.create();

    String answer =
        client.execute(
            new HttpHost("orders"), post, r -> EntityUtils.toString(r.getEntity()), context);

    assertThat(answer).isEqualTo("body");
    RecordedRequest sent = Rig.taken(server);
    assertThat(sent.getRequestLine()).isEqualTo("POST /b/a|b?c={d} HTTP/1.1");
    assertThat(sent.getHeaders().get("X-Own")).isEqualTo("kept");
    assertThat(sent.getHeaders().get("Host")).isEqualTo(NamedHosts.ONE + ":" + server.getPort());
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/a|b?c={d}");
    assertThat(rig.balancer.onlyCopy().head().get(0)).endsWith(" /a|b?c={d}");
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.COMPLETED);
  }

  @Test
  void request_balanced_isByteForByteTheOneSentDirectly() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpClient client = rig.client();
    String path = "/a%2Fb//c;v=1/%C3%A9?q=%20+&x=/../";
    Rig.get(client, "http://" + NamedHosts.PLAIN + ":" + server.getPort() + path);
    Rig.get(client, "http://orders:81" + path);

    RecordedRequest direct = Rig.taken(server);
    RecordedRequest balanced = Rig.taken(server);

    assertThat(balanced.getRequestLine()).isEqualTo(direct.getRequestLine());
    assertThat(balanced.getHeaders()).isEqualTo(with(direct.getHeaders(), "orders:81"));
  }

  @Test
  void host_ofServerWithOwnHostHeader_isTheServers() throws Exception {
    MockWebServer server = rig.start("a");
    FakeServer target = Rig.http(server).withOwnHostHeader();
    rig.balancer.serve("orders", target);
    CloseableHttpClient client = rig.client();
    Rig.send(client, post("http://" + NamedHosts.PLAIN + ":" + server.getPort() + "/x?y"));
    Rig.send(client, post("http://orders/x?y"));

    RecordedRequest direct = Rig.taken(server);
    RecordedRequest balanced = Rig.taken(server);

    assertThat(balanced.getRequestLine()).isEqualTo(direct.getRequestLine());
    assertThat(balanced.getHeaders()).isEqualTo(with(direct.getHeaders(), target.authority()));
    assertThat(balanced.getBody()).isEqualTo(direct.getBody());
  }

  /** The same headers in the same order, with another host. */
  private static Headers with(Headers headers, String host) {
    Headers.Builder changed = new Headers.Builder();
    headers.forEach(
        h -> changed.add(h.getFirst(), h.getFirst().equals("Host") ? host : h.getSecond()));
    return changed.build();
  }

  private static HttpPost post(String url) {
    HttpPost post = new HttpPost(url);
    post.setEntity(new StringEntity("body", StandardCharsets.UTF_8));
    return post;
  }

  @Test
  void context_ofBalancedCall_isLogical() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")).withOwnHostHeader());
    HttpClientContext context = HttpClientContext.create();
    AtomicReference<RouteInfo> intercepted = new AtomicReference<>();
    CloseableHttpClient client =
        rig.keep(
            rig.builder()
                .addInterceptorLast(
                    (HttpRequestInterceptor)
                        (request, c) -> intercepted.set(HttpClientContext.adapt(c).getHttpRoute()))
                .build());

    client.execute(
        new HttpGet("http://orders/x"), r -> EntityUtils.toString(r.getEntity()), context);

    assertThat(context.getHttpRoute().getTargetHost().toURI()).isEqualTo("http://orders:80");
    assertThat(context.getTargetHost().toURI()).isEqualTo("http://orders");
    assertThat(intercepted.get()).isEqualTo(context.getHttpRoute());
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/x");
    assertThat(context.getRequest().getFirstHeader("Host").getValue()).isEqualTo("orders");
  }

  @Test
  void redirect_toLogicalHost_isBalancedAnew() throws Exception {
    Rig.Answer answer =
        request ->
            request.getTarget().equals("/old")
                ? new MockResponse.Builder().code(302).setHeader("Location", "/new").body("moved")
                : new MockResponse.Builder().body("new");
    MockWebServer first = rig.start(answer);
    MockWebServer second = rig.start(answer);
    rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
    HttpClientContext context = HttpClientContext.create();

    rig.client()
        .execute(
            new HttpGet("http://orders/old"), r -> EntityUtils.toString(r.getEntity()), context);

    assertThat(context.getRedirectLocations()).containsExactly(URI.create("http://orders/new"));
    assertThat(Rig.taken(first).getTarget()).isEqualTo("/old");
    assertThat(Rig.taken(second).getTarget()).isEqualTo("/new");
    assertThat(rig.balancer.attempts()).extracting(FakeAttempt::status).containsExactly(302, 200);
  }

  @Test
  void redirect_elsewhere_goesDirect() throws Exception {
    MockWebServer elsewhere = rig.start("elsewhere");
    String location = "http://" + NamedHosts.PLAIN + ":" + elsewhere.getPort() + "/new";
    MockWebServer server =
        rig.start(r -> new MockResponse.Builder().code(302).setHeader("Location", location));
    rig.balancer.serve("orders", Rig.http(server));

    assertThat(Rig.get(rig.client(), "http://orders/old")).isEqualTo("elsewhere");

    assertThat(rig.balancer.asked()).containsExactly("orders", NamedHosts.PLAIN);
    assertThat(rig.balancer.onlyAttempt().status()).isEqualTo(302);
    assertThat(Rig.taken(elsewhere).getHeaders().get("Host"))
        .isEqualTo(NamedHosts.PLAIN + ":" + elsewhere.getPort());
  }

  @Test
  void connections_ofBalancedCalls_areKeptPerServer() throws Exception {
    MockWebServer first = rig.start("a");
    MockWebServer second = rig.start("b");
    rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
    CloseableHttpClient client = rig.client();
    for (int i = 0; i < 6; i++) {
      Rig.get(client, "http://orders/");
    }

    for (MockWebServer server : List.of(first, second)) {
      for (int exchange = 0; exchange < 3; exchange++) {
        RecordedRequest request = Rig.taken(server);
        assertThat(request.getConnectionIndex()).isZero();
        assertThat(request.getExchangeIndex()).isEqualTo(exchange);
      }
    }
  }

  @Test
  void untouchedHost_isLookedUpOnceAndLeftAlone() throws Exception {
    MockWebServer server = rig.start("a");
    HttpClientContext context = HttpClientContext.create();

    rig.client()
        .execute(
            new HttpGet("http://" + NamedHosts.PLAIN + ":" + server.getPort() + "/"),
            r -> EntityUtils.toString(r.getEntity()),
            context);

    assertThat(rig.balancer.asked()).containsExactly(NamedHosts.PLAIN);
    assertThat(rig.balancer.attempts()).isEmpty();
    assertThat(context.getHttpRoute().getTargetHost().getHostName()).isEqualTo(NamedHosts.PLAIN);
  }

  @Test
  void client_builtBeforeInstrumentation_isBalanced() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    Rig.WEAVING.off();
    MockWebServer plain = rig.start("plain");
    CloseableHttpClient client = rig.client();
    Rig.get(client, "http://" + NamedHosts.PLAIN + ":" + plain.getPort() + "/");
    assertThat(rig.balancer.asked()).isEmpty();

    Rig.WEAVING.on();

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("a");
  }

  @Test
  void call_insideARequestExecutor_isItsOwnExchange() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("order")));
    rig.balancer.serve("users", Rig.http(rig.start("user")));
    CloseableHttpClient inner = rig.client();
    List<String> answers = new ArrayList<>();
    CloseableHttpClient outer =
        rig.keep(
            rig.builder()
                .setRequestExecutor(
                    new HttpRequestExecutor() {
                      @Override
                      public HttpResponse execute(
                          HttpRequest request, HttpClientConnection connection, HttpContext context)
                          throws IOException, HttpException {
                        answers.add(Rig.get(inner, "http://users/"));
                        return super.execute(request, connection, context);
                      }
                    })
                .build());

    answers.add(Rig.get(outer, "http://orders/"));

    assertThat(answers).containsExactly("user", "order");
    assertThat(rig.balancer.asked()).containsExactly("orders", "users");
  }
}
