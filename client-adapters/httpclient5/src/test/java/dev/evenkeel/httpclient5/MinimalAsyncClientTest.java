package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The asynchronous client without a chain: no cookies, no redirects, no repeated requests. */
class MinimalAsyncClientTest {
  private static final String URL = "http://orders/";

  @RegisterExtension final Rig rig = new Rig();

  private MinimalHttpAsyncClient client() {
    return client(rig.asyncConnections());
  }

  private MinimalHttpAsyncClient client(PoolingAsyncClientConnectionManagerBuilder connections) {
    MinimalHttpAsyncClient client = rig.keep(HttpAsyncClients.createMinimal(connections.build()));
    client.start();
    return client;
  }

  private static SimpleHttpRequest post(String body) {
    return SimpleRequestBuilder.post(URL).setBody(body, ContentType.TEXT_PLAIN).build();
  }

  @Test
  void call_keepsTheLogicalHostAndRequest() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    SimpleHttpRequest get = SimpleRequestBuilder.get("http://orders:81/x?y").build();
    HttpClientContext context = HttpClientContext.create();

    SimpleHttpResponse response = client().execute(get, context, null).get(10, TimeUnit.SECONDS);

    assertThat(response.getBodyText()).isEqualTo("a");
    RecordedRequest request = Rig.taken(server);
    assertThat(request.getRequestLine()).isEqualTo("GET /x?y HTTP/1.1");
    assertThat(request.getHeaders().values("Host")).containsExactly("orders:81");
    assertThat(context.getRequest().getUri()).hasToString("http://orders:81/x?y");
    assertThat(get.getUri()).hasToString("http://orders:81/x?y");
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void serverWithOwnHostHeaderAndPath_getsThemAndAMirrorTheSame() throws Exception {
    MockWebServer server = rig.start("a");
    FakeServer target = Rig.http(server).withOwnHostHeader().withPath("/base");
    rig.balancer.serve("orders", Rig.dead().withPath("/dead"), target);
    rig.balancer.mirror();
    SimpleHttpRequest post =
        SimpleRequestBuilder.post("http://orders/a%2F?y")
            .setBody("body", ContentType.TEXT_PLAIN)
            .build();

    Rig.send(client(), post);

    RecordedRequest request = Rig.taken(server);
    assertThat(request.getTarget()).isEqualTo("/base/a%2F?y");
    assertThat(request.getHeaders().values("Host")).containsExactly(target.authority());
    assertThat(request.getBody().utf8()).isEqualTo("body");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
    assertThat(post.getRequestUri()).isEqualTo("/a%2F?y");
  }

  @Test
  void keptConnection_isUsedAgainByABalancedCall() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    MinimalHttpAsyncClient client = client();

    Rig.get(client, URL);
    Rig.get(client, URL);

    assertThat(Rig.taken(server).getExchangeIndex()).isZero();
    assertThat(Rig.taken(server).getExchangeIndex()).isEqualTo(1);
    assertThat(rig.balancer.attempts()).hasSize(2);
  }

  @Test
  void body_afterConnectFailures_isSentOnce() throws Exception {
    MockWebServer alive = rig.start("alive");
    rig.balancer.serve("orders", Rig.dead(), Rig.dead(), Rig.http(alive));

    assertThat(Rig.send(client(), post("only once"))).isEqualTo("alive");

    assertThat(Rig.taken(alive).getBody().utf8()).isEqualTo("only once");
    assertThat(alive.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.asked()).hasSize(1);
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
  void noServer_endsWithTheBalancersPlainExceptionAndLeasesNothing() {
    rig.balancer.serve("orders");

    Throwable failure = catchThrowable(() -> Rig.get(client(), URL));

    assertThat(failure.getCause())
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("service orders: no server available");
    assertThat(rig.hosts.asked()).isEmpty();
  }

  @Test
  void noServer_andACallbackThatThrows_endsWithWhatTheCallbackThrew() {
    rig.balancer.serve("orders");
    UnsupportedOperationException own = new UnsupportedOperationException("own");

    assertThatThrownBy(() -> client().execute(SimpleRequestBuilder.get(URL).build(), throwing(own)))
        .isSameAs(own);
  }

  private static FutureCallback<SimpleHttpResponse> throwing(RuntimeException failure) {
    return new FutureCallback<>() {
      @Override
      public void completed(SimpleHttpResponse response) {}

      @Override
      public void failed(Exception cause) {
        throw failure;
      }

      @Override
      public void cancelled() {}
    };
  }

  @Test
  void responseTimeout_isNotTriedElsewhere() throws Exception {
    MockWebServer silent =
        rig.start(r -> new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    MockWebServer other = rig.start("other");
    rig.balancer.serve("orders", Rig.http(silent), Rig.http(other));
    SimpleHttpRequest get = SimpleRequestBuilder.get(URL).build();
    get.setConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(200)).build());

    assertThatThrownBy(() -> Rig.send(client(), get))
        .hasCauseInstanceOf(SocketTimeoutException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.IO_FAILED);
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void cancelled_whileItConnectsToTheSecondServer_movesNoFurther() throws Exception {
    MockWebServer other = rig.start("other");
    rig.balancer.serve(
        "orders",
        Rig.dead(),
        new FakeServer("http", "slow.servers.test", 80, true),
        Rig.http(other));
    SlowName names = new SlowName(rig.hosts);
    Future<SimpleHttpResponse> call =
        client(rig.asyncConnections().setDnsResolver(names))
            .execute(SimpleRequestBuilder.get(URL).build(), null);

    names.isAsked.await();
    assertThat(call.cancel(true)).isTrue();
    names.isCancelled.countDown();

    assertThatThrownBy(call::get).isInstanceOf(CancellationException.class);
    names.isThrough.await();
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.CONNECT_FAILED, Outcome.CANCELLED);
    assertThat(other.getRequestCount()).isZero();
  }

  /** Knows no slow server, and says so when the call is cancelled. */
  private static final class SlowName implements DnsResolver {
    private final CountDownLatch isAsked = new CountDownLatch(1);
    private final CountDownLatch isCancelled = new CountDownLatch(1);
    private final CountDownLatch isThrough = new CountDownLatch(1);
    private final DnsResolver others;

    SlowName(DnsResolver others) {
      this.others = others;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      if (!host.startsWith("slow")) {
        return others.resolve(host);
      }
      isAsked.countDown();
      try {
        isCancelled.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      isThrough.countDown();
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  @Test
  void requestThatTheClientRefuses_endsItsAttempt() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    SimpleHttpRequest post = post("body");
    post.setHeader("Content-Length", "4");

    assertThatThrownBy(() -> Rig.send(client(), post)).hasCauseInstanceOf(ProtocolException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void cookies_areThoseOfTheRequestAndNotOfAStoreThatTheClientDoesNotAsk() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    rig.balancer.stickWith("sticky=a");
    BasicCookieStore store = new BasicCookieStore();
    BasicClientCookie unused = new BasicClientCookie("sticky", "store");
    unused.setDomain("orders");
    unused.setPath("/");
    store.addCookie(unused);
    HttpClientContext context = HttpClientContext.create();
    context.setCookieStore(store);
    SimpleHttpRequest get = SimpleRequestBuilder.get(URL).build();
    get.setHeader("Cookie", "sticky=header");

    SimpleHttpResponse response = client().execute(get, context, null).get(10, TimeUnit.SECONDS);

    assertThat(rig.balancer.seen().get(0).cookies()).isEqualTo("sticky=header");
    assertThat(response.getFirstHeader("Set-Cookie").getValue()).isEqualTo("sticky=a");
  }

  @Test
  void httpsServer_ofAPlainCall_getsItsOwnName() throws Exception {
    MockWebServer server =
        rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder().body("ok"));
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server));

    assertThat(Rig.get(client(), URL)).isEqualTo("ok");

    assertThat(Rig.taken(server).getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
  }
}
