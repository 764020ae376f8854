package dev.evenkeel.httpclient5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeCopy;
import dev.evenkeel.testkit.fake.FakeServer;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mirrors get of asynchronous calls, and that the server gets no less for it. */
class AsyncCopiesTest {
  @RegisterExtension final Rig rig = new Rig();

  private static SimpleHttpRequest post(String url, String body) {
    return SimpleRequestBuilder.post(url).setBody(body, ContentType.TEXT_PLAIN).build();
  }

  private static void assertCopied(FakeCopy copy, RecordedRequest sent, String logical) {
    List<String> lines = new ArrayList<>();
    lines.add(sent.getMethod() + " " + logical + " " + sent.getTarget());
    sent.getHeaders().forEach(header -> lines.add(header.getFirst() + ": " + header.getSecond()));
    lines.removeIf(line -> line.startsWith(":"));
    assertThat(copy.head()).isEqualTo(lines);
    assertThat(copy.body()).isEqualTo(sent.getBody() == null ? "" : sent.getBody().utf8());
    assertThat(copy.isWhole()).isTrue();
  }

  @Test
  void request_withABody_isCopiedAsTheServerGotIt() throws Exception {
    MockWebServer server = rig.start("a");
    FakeServer target = Rig.http(server).withOwnHostHeader();
    rig.balancer.serve("orders", target);
    rig.balancer.mirror();

    Rig.send(rig.asyncClient(), post("http://orders:81/a%2Fb?x=%20", "body"));

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders:81");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
    assertThat(rig.balancer.onlyCopy().head())
        .contains("Content-Length: 4", "Host: " + target.authority());
  }

  @Test
  void request_ofUnknownLength_isCopiedWhole() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    String text = "0123456789".repeat(50_000);

    rig.asyncClient()
        .execute(
            new BasicRequestProducer(request(), chunked(text)),
            SimpleResponseConsumer.create(),
            null)
        .get(10, TimeUnit.SECONDS);

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo(text);
    assertThat(rig.balancer.onlyCopy().head()).contains("Transfer-Encoding: chunked");
  }

  @Test
  void request_withoutABody_isCopied() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();

    Rig.get(rig.asyncClient(), "http://orders/x");

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders");
  }

  @Test
  void requests_overHttp2_areCopiedAsTheServerGotThem() throws Exception {
    MockWebServer server =
        rig.startTls(NamedHosts.ONE, request -> new MockResponse.Builder().body("a"));
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server).withOwnHostHeader());
    rig.balancer.mirror();
    CloseableHttpAsyncClient client = rig.asyncClient();

    Rig.get(client, "http://orders:81/get?x");
    SimpleHttpRequest post = post("https://orders/post", "body".repeat(50_000));
    post.addHeader("X-Mixed", "Case");
    Rig.send(client, post);

    RecordedRequest get = Rig.taken(server);
    assertThat(get.getVersion()).isEqualTo("HTTP/2");
    assertCopied(rig.balancer.copies().get(0), get, "orders:81");
    assertCopied(rig.balancer.copies().get(1), Rig.taken(server), "orders");
    assertThat(rig.balancer.copies().get(1).body()).hasSize(200_000);
    assertThat(rig.balancer.copies().get(1).head())
        .contains("x-mixed: Case")
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"));
  }

  @Test
  void request_throughAProxy_isCopiedInOriginForm() throws Exception {
    MockWebServer proxy = rig.start("proxied");
    rig.balancer.serve("orders", new FakeServer("http", NamedHosts.TWO, 8080, true));
    rig.balancer.mirror();
    HttpHost via = new HttpHost(NamedHosts.PLAIN, proxy.getPort());

    Rig.get(rig.started(rig.asyncBuilder().setProxy(via)), "http://orders/x?y");

    assertThat(Rig.taken(proxy).getRequestLine()).startsWith("GET http://two.servers.test:8080/");
    assertThat(rig.balancer.onlyCopy().head()).startsWith("GET orders /x?y");
  }

  @Test
  void request_thatAnswersAChallenge_isCopiedAnew() throws Exception {
    MockWebServer server =
        rig.start(
            request ->
                request.getHeaders().get("Authorization") == null
                    ? new MockResponse.Builder()
                        .code(401)
                        .setHeader("WWW-Authenticate", "Basic realm=\"orders\"")
                    : new MockResponse.Builder().body("welcome"));
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    BasicCredentialsProvider known = new BasicCredentialsProvider();
    known.setCredentials(
        new AuthScope(null, -1), new UsernamePasswordCredentials("user", "password".toCharArray()));
    CloseableHttpAsyncClient client =
        rig.started(rig.asyncBuilder().setDefaultCredentialsProvider(known));

    assertThat(Rig.send(client, post("http://orders/", "body"))).isEqualTo("welcome");

    assertThat(rig.balancer.copies()).hasSize(2);
    assertCopied(rig.balancer.copies().get(0), Rig.taken(server), "orders");
    RecordedRequest repeated = Rig.taken(server);
    assertThat(repeated.getHeaders().get("Authorization")).startsWith("Basic ");
    assertCopied(rig.balancer.copies().get(1), repeated, "orders");
  }

  /** With what judges it in between, and nothing else. */
  @Test
  void body_ofACallWithoutAMirror_leavesByTheConnectionsOwnChannel() throws Exception {
    CopiedChannelTest.Narrow connection = new CopiedChannelTest.Narrow();

    assertThat(channelOfABody(connection).isOver(connection)).isTrue();
    rig.balancer.mirror();
    JudgedChannel copying = channelOfABody(connection);
    assertThat(copying.write(ByteBuffer.wrap("body".getBytes(UTF_8)))).isPositive();

    assertThat(copying.isOver(connection)).isFalse();
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo(connection.body.toString(UTF_8));
  }

  /** What an exchange of the client's writes its body to. */
  private JudgedChannel channelOfABody(DataStreamChannel connection) throws Exception {
    List<DataStreamChannel> seen = new ArrayList<>();
    FakeServer server = new FakeServer("http", "one.servers.test", 80, true);
    FakeAttempt attempt = new FakeAttempt(rig.balancer, server);
    HttpRoute route = new HttpRoute(new HttpHost("orders", 80));
    AsyncStep step = step(route);
    WatchedExchange watched =
        new WatchedExchange(
            exchange(seen),
            new AsyncCall(step, null),
            step,
            new AttemptProgress(new GuardedAttempt(attempt, HttpClient5Adapter.NAME)),
            route);

    watched.produceRequest((request, entity, context) -> {}, HttpClientContext.create());
    watched.produce(connection);

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0)).isExactlyInstanceOf(JudgedChannel.class);
    return (JudgedChannel) seen.get(0);
  }

  /** Nobody runs it. */
  private static AsyncStep step(HttpRoute route) {
    AsyncExecChain.Scope scope =
        new AsyncExecChain.Scope(
            "an exchange",
            route,
            request(),
            unused(CancellableDependency.class),
            HttpClientContext.create(),
            unused(AsyncExecRuntime.class),
            unused(AsyncExecChain.Scheduler.class),
            new AtomicInteger(1));
    return new AsyncStep(
        unused(AsyncExecChainHandler.class),
        request(),
        null,
        scope,
        unused(AsyncExecChain.class),
        unused(AsyncExecCallback.class));
  }

  private static <T> T unused(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            AsyncCopiesTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError(method);
            }));
  }

  /** Sends a request with a body and notes where the body is to go. */
  private static AsyncClientExchangeHandler exchange(List<DataStreamChannel> seen) {
    return (AsyncClientExchangeHandler)
        Proxy.newProxyInstance(
            AsyncCopiesTest.class.getClassLoader(),
            new Class<?>[] {AsyncClientExchangeHandler.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "produceRequest" ->
                    ((RequestChannel) arguments[0])
                        .sendRequest(request(), chunked("body"), (HttpContext) arguments[1]);
                case "produce" -> seen.add((DataStreamChannel) arguments[0]);
                default -> throw new AssertionError(method);
              }
              return null;
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "copy.begin", "copy.header", "copy.body", "copy.end"})
  void fault_ofTheCopy_isReportedOnceAndLeavesTheCallAlone(String place) throws Exception {
    rig.expectFaults();
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    rig.balancer.plant(place, 0);

    assertThat(Rig.send(rig.asyncClient(), post("http://orders/", "body"))).isEqualTo("a");

    RecordedRequest sent = Rig.taken(server);
    assertThat(sent.getBody()).isNotNull();
    assertThat(sent.getBody().utf8()).isEqualTo("body");
    assertThat(rig.balancer.faults()).hasSize(1).first().hasToString(planted(place));
    assertThat(rig.balancer.copies()).noneMatch(FakeCopy::isWhole);
  }

  private static String planted(String place) {
    return new IllegalStateException("planted in " + place).toString();
  }

  private static BasicHttpRequest request() {
    return new BasicHttpRequest("POST", URI.create("http://orders/"));
  }

  private static BasicAsyncEntityProducer chunked(String text) {
    return new BasicAsyncEntityProducer(text.getBytes(UTF_8), ContentType.TEXT_PLAIN, true);
  }
}
