package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.cache.CacheResponseStatus;
import org.apache.hc.client5.http.cache.HttpCacheContext;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.cache.CachingHttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application hangs into the asynchronous client, and what it gets back, are logical. */
@ExtendWith(ContractExtension.class)
class HttpClient5AsyncViewsIT implements Contract {
  private static final String URL = "http://orders/path?q=1";

  private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

  @Override
  public ClientDriver driver() {
    return new HttpClient5AsyncDriver();
  }

  @Test
  void interceptors_seeTheLogicalRequest(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().http("a"));
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .addRequestInterceptorFirst(
                (request, entity, context) -> note("first", request, context))
            .addRequestInterceptorLast((request, entity, context) -> note("last", request, context))
            .addExecInterceptorFirst(
                "outermost",
                (request, body, scope, chain, callback) -> {
                  seen.add("route " + scope.route.getTargetHost());
                  chain.proceed(request, body, scope, callback);
                })
            .addExecInterceptorAfter(
                "CONNECT",
                "connected",
                (request, body, scope, chain, callback) -> {
                  seen.add("route " + scope.route.getTargetHost());
                  chain.proceed(request, body, scope, callback);
                });

    String server = servedBy(builder, HttpClientContext.create());

    assertThat(server).isEqualTo("a");
    assertThat(seen)
        .containsExactly(
            "route http://orders:80",
            "route http://orders:80",
            "first orders /path?q=1 to orders",
            "last orders /path?q=1 to orders");
  }

  private void note(String name, HttpRequest request, HttpContext context) {
    HttpHost target = HttpClientContext.castOrCreate(context).getHttpRoute().getTargetHost();
    seen.add(
        "%s %s %s to %s"
            .formatted(
                name,
                request.getAuthority().getHostName(),
                request.getPath(),
                target.getHostName()));
  }

  @Test
  void context_afterACallToATlsServer_isLogical(Stage stage) throws Exception {
    stage.balanceOver(stage.fleet().https("a"));
    HttpClientContext context = HttpClientContext.create();

    String server =
        servedBy(
            HttpAsyncClients.custom()
                .setConnectionManager(
                    AsyncTestClient.connections(stage.fleet().trust(), true).build()),
            context);

    assertThat(server).isEqualTo("a");
    assertThat(context.getRequest().getUri()).hasToString(URL);
    assertThat(context.getHttpRoute().getTargetHost()).hasToString("http://orders:80");
    assertThat(context.getHttpRoute().isSecure()).isFalse();
    assertThat(context.getSSLSession().getPeerHost()).isEqualTo("a.servers.test");
  }

  @Test
  void redirectLocations_areLogical(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.byTarget(Map.of("/path?q=1", Script.redirect(302, "/next")), Script.echo()));
    stage.balanceOver(a);
    HttpClientContext context = HttpClientContext.create();

    assertThat(servedBy(HttpAsyncClients.custom(), context)).isEqualTo("a");

    assertThat(context.getRedirectLocations().getAll())
        .extracting(Object::toString)
        .containsExactly("http://orders/next");
  }

  @Test
  void redirects_areExchangesOfTheirOwnOnKeptConnections(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Map<String, Script> hops =
        Map.of("/1", Script.redirect(302, "/2"), "/2", Script.redirect(302, "/3"));
    a.answers(Script.byTarget(hops, Script.echo()));
    b.answers(Script.byTarget(hops, Script.echo()));
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    assertThat(Stage.servedBy(client, "http://orders/1", 4)).contains("a", "b");

    for (TestServer server : List.of(a, b)) {
      assertThat(stage.bean(server).calls()).isEqualTo(6);
      assertThat(server.received()).extracting(Received::target).contains("/1", "/2", "/3");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void retryAfter503_goesToAnotherServer(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.status(503));
    stage.balanceOver(a, b);
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setRetryStrategy(new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(1)));

    try (CloseableHttpAsyncClient client = started(builder)) {
      for (int i = 0; i < 4; i++) {
        assertThat(get(client, HttpClientContext.create()).getCode()).isEqualTo(200);
      }
    }

    assertThat(b.received()).hasSize(4);
    assertThat(a.received()).hasSizeBetween(2, 4);
    assertThat(stage.bean(a).inFlight() + stage.bean(b).inFlight()).isZero();
  }

  @Test
  void challenge_isAnsweredOnItsServerAndConnection(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script guarded =
        request ->
            request.header("Authorization") == null
                ? new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate: Basic realm=\"r\"")
                : new MockResponse.Builder();
    a.answers(guarded);
    b.answers(guarded);
    stage.balanceOver(a, b);
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope("orders", 80),
        new UsernamePasswordCredentials("ann", "secret".toCharArray()));

    String server =
        servedBy(
            HttpAsyncClients.custom().setDefaultCredentialsProvider(credentials),
            HttpClientContext.create());

    TestServer chosen = server.equals("a") ? a : b;
    assertThat(Stream.of(a, b).flatMap(each -> each.received().stream()))
        .hasSize(2)
        .isEqualTo(chosen.received());
    assertThat(chosen.connections()).isEqualTo(1);
    assertThat(stage.bean(chosen).calls()).isEqualTo(2);
  }

  @Test
  void futureAndCallback_areTheClientsOwn(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    try (CloseableHttpAsyncClient client = started(HttpAsyncClients.custom())) {
      Notified direct = new Notified();
      Notified balanced = new Notified();
      Future<SimpleHttpResponse> directly =
          client.execute(SimpleRequestBuilder.get(a.url() + "/").build(), direct);
      assertThat(direct.thread.get().getName()).startsWith("httpclient-dispatch");
      Future<SimpleHttpResponse> future =
          client.execute(SimpleRequestBuilder.get(URL).build(), balanced);

      assertThat(balanced.thread.get().getName()).startsWith("httpclient-dispatch");
      assertThat(future).isExactlyInstanceOf(directly.getClass());
      assertThat(future.get()).isExactlyInstanceOf(SimpleHttpResponse.class);
    }
  }

  @Test
  void cachedAnswer_costsNoExchange(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.header("Cache-Control", "max-age=600"));
    b.answers(Script.header("Cache-Control", "max-age=600"));
    stage.balanceOver(a, b);
    List<CacheResponseStatus> statuses = new ArrayList<>();

    try (CloseableHttpAsyncClient client = CachingHttpAsyncClients.createMemoryBound()) {
      client.start();
      for (int i = 0; i < 3; i++) {
        HttpCacheContext context = HttpCacheContext.create();
        assertThat(get(client, context).getCode()).isEqualTo(200);
        statuses.add(context.getCacheResponseStatus());
      }
    }

    assertThat(statuses)
        .containsExactly(
            CacheResponseStatus.CACHE_MISS,
            CacheResponseStatus.CACHE_HIT,
            CacheResponseStatus.CACHE_HIT);
    assertThat(stage.bean(a).calls() + stage.bean(b).calls()).isEqualTo(1);
  }

  private static CloseableHttpAsyncClient started(HttpAsyncClientBuilder builder) {
    CloseableHttpAsyncClient client = builder.build();
    client.start();
    return client;
  }

  private static SimpleHttpResponse get(CloseableHttpAsyncClient client, HttpContext context)
      throws Exception {
    SimpleHttpRequest request = SimpleRequestBuilder.get(URL).build();
    return client.execute(request, context, null).get();
  }

  private static String servedBy(HttpAsyncClientBuilder builder, HttpClientContext context)
      throws Exception {
    try (CloseableHttpAsyncClient client = started(builder)) {
      SimpleHttpResponse response = get(client, context);
      assertThat(response.getCode()).isEqualTo(200);
      return response.getFirstHeader(TestServer.NAME_HEADER).getValue();
    }
  }

  /** Notes the thread that it is called on. Thread-safe. */
  private static final class Notified implements FutureCallback<SimpleHttpResponse> {
    private final CompletableFuture<Thread> thread = new CompletableFuture<>();

    @Override
    public void completed(SimpleHttpResponse response) {
      thread.complete(Thread.currentThread());
    }

    @Override
    public void failed(Exception cause) {
      thread.completeExceptionally(cause);
    }

    @Override
    public void cancelled() {
      thread.cancel(false);
    }
  }
}
