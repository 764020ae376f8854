package dev.evenkeel.httpclient4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.fake.FakeCopy;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHeader;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mirrors get, and that the server gets no less for it. */
class CopiesTest {
  @RegisterExtension final Rig rig = new Rig();

  private static HttpPost post(String url, HttpEntity body) {
    HttpPost post = new HttpPost(url);
    post.setEntity(body);
    return post;
  }

  private static HttpEntity body(String text) {
    return new StringEntity(text, ContentType.TEXT_PLAIN);
  }

  private static HttpEntity stream(String text) {
    return new InputStreamEntity(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /** What a copy has of a request that {@code logical} is the {@code Host} of. */
  private static List<String> head(RecordedRequest request, String logical) {
    List<String> lines = new ArrayList<>();
    lines.add(request.getMethod() + " " + logical + " " + request.getTarget());
    request
        .getHeaders()
        .forEach(header -> lines.add(header.getFirst() + ": " + header.getSecond()));
    return lines;
  }

  private static void assertCopied(FakeCopy copy, RecordedRequest sent, String logical) {
    assertThat(copy.head()).isEqualTo(head(sent, logical));
    assertThat(copy.body()).isEqualTo(sent.getBody() == null ? "" : sent.getBody().utf8());
    assertThat(copy.isWhole()).isTrue();
  }

  @Test
  void request_withABody_isCopiedAsTheServerGotIt() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server).withOwnHostHeader());
    rig.balancer.mirror();

    Rig.send(rig.client(), post("http://orders:81/a%2Fb?x=%20", body("body")));

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders:81");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
    assertThat(rig.balancer.onlyCopy().head()).contains("Content-Length: 4");
  }

  @Test
  void request_ofUnknownLength_isCopiedWhole() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    String text = "0123456789".repeat(5_000);

    Rig.send(rig.client(), post("http://orders/", stream(text)));

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders");
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo(text);
    assertThat(rig.balancer.onlyCopy().head()).contains("Transfer-Encoding: chunked");
  }

  @Test
  void request_withoutABody_isCopied() throws Exception {
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    HttpGet get = new HttpGet("http://orders/x");
    get.addHeader(new BasicHeader("X-Null", null));

    Rig.send(rig.client(), get);

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders");
  }

  @Test
  void request_ofTheMinimalClient_isCopied() throws Exception {
    MockWebServer server = rig.start("a");
    FakeServer target = Rig.http(server).withOwnHostHeader();
    rig.balancer.serve("orders", target);
    rig.balancer.mirror();
    CloseableHttpClient client = rig.keep(HttpClients.createMinimal(rig.connections(rig.hosts)));

    Rig.send(client, post("http://orders:81/x", body("body")));

    assertCopied(rig.balancer.onlyCopy(), Rig.taken(server), "orders:81");
    assertThat(rig.balancer.onlyCopy().head()).contains("Host: " + target.authority());
  }

  @Test
  void request_throughAProxy_isCopiedInOriginForm() throws Exception {
    MockWebServer proxy = rig.start("proxied");
    rig.balancer.serve("orders", new FakeServer("http", NamedHosts.TWO, 8080, true));
    rig.balancer.mirror();
    HttpHost via = new HttpHost(NamedHosts.PLAIN, proxy.getPort());

    Rig.send(rig.keep(rig.builder().setProxy(via).build()), new HttpGet("http://orders/x?y"));

    assertThat(Rig.taken(proxy).getRequestLine()).startsWith("GET http://two.servers.test:8080/");
    assertThat(rig.balancer.onlyCopy().head()).startsWith("GET orders /x?y");
  }

  @Test
  void tunnel_toTheServer_isNotCopiedButWhatGoesThrough() throws Exception {
    MockWebServer proxy =
        rig.startTunnel(
            NamedHosts.TWO,
            new MockResponse.Builder().inTunnel(),
            new MockResponse.Builder().body("tunnelled"));
    rig.balancer.serve("orders", new FakeServer("https", NamedHosts.TWO, 8443, true));
    rig.balancer.mirror();
    HttpHost via = new HttpHost(NamedHosts.PLAIN, proxy.getPort());

    Rig.send(rig.keep(rig.builder().setProxy(via).build()), new HttpGet("https://orders/x"));

    assertThat(rig.balancer.onlyCopy().head()).startsWith("GET orders /x");
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
    known.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("user", "password"));
    CloseableHttpClient client =
        rig.keep(rig.builder().setDefaultCredentialsProvider(known).build());

    assertThat(Rig.send(client, post("http://orders/", body("body")))).isEqualTo("welcome");

    assertThat(rig.balancer.copies()).hasSize(2);
    assertCopied(rig.balancer.copies().get(0), Rig.taken(server), "orders");
    RecordedRequest repeated = Rig.taken(server);
    assertThat(repeated.getHeaders().get("Authorization")).startsWith("Basic ");
    assertCopied(rig.balancer.copies().get(1), repeated, "orders");
  }

  @Test
  void body_thatBreaksOff_isNoWholeCopy() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    rig.balancer.mirror();
    CloseableHttpClient client = rig.clientWithoutRetries();
    HttpPost post =
        post(
            "http://orders/",
            new Written(
                out -> {
                  out.write('a');
                  throw new IOException("broken off");
                }));

    assertThatThrownBy(() -> Rig.send(client, post)).hasMessage("broken off");

    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("a");
    assertThat(rig.balancer.onlyCopy().isWhole()).isFalse();
  }

  @Test
  void call_insideABody_isCopiedByItself() throws Exception {
    MockWebServer server = rig.start("a");
    MockWebServer other = rig.start("unbalanced");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    CloseableHttpClient client = rig.client();
    String direct = "http://" + NamedHosts.PLAIN + ":" + other.getPort() + "/";

    Rig.send(
        client,
        post(
            "http://orders/outer",
            new Written(
                out -> {
                  out.write(Rig.send(client, post(direct, body("x"))).getBytes(UTF_8));
                  out.write(
                      Rig.send(client, post("http://orders/inner", body("y"))).getBytes(UTF_8));
                })));

    assertThat(rig.balancer.copies())
        .extracting(FakeCopy::body)
        .containsExactly("unbalanceda", "y");
    assertThat(rig.balancer.copies()).allMatch(FakeCopy::isWhole);
    assertThat(rig.balancer.copies().get(1).head()).startsWith("POST orders /inner");
  }

  @Test
  void context_ofACopiedCall_hasTheClientsOwnRequest() throws Exception {
    rig.balancer.serve("orders", Rig.http(rig.start("a")));
    rig.balancer.mirror();
    HttpClientContext context = HttpClientContext.create();
    List<Object> seen = new ArrayList<>();
    CloseableHttpClient client =
        rig.keep(rig.builder().setRequestExecutor(new Watching(seen)).build());

    client.execute(
        post("http://orders/", body("body")), r -> EntityUtils.toString(r.getEntity()), context);

    assertThat(seen).hasSize(1);
    assertThat(context.getRequest()).isSameAs(seen.get(0));
    assertThat(rig.balancer.onlyCopy().body()).isEqualTo("body");
  }

  /** Notes what the client gives it to send. Not thread-safe. */
  private static final class Watching extends HttpRequestExecutor {
    private final List<Object> seen;

    Watching(List<Object> seen) {
      this.seen = seen;
    }

    @Override
    public HttpResponse execute(
        HttpRequest request, HttpClientConnection connection, HttpContext context)
        throws IOException, HttpException {
      seen.add(request);
      return super.execute(request, connection, context);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "copy.begin", "copy.header", "copy.body", "copy.end"})
  void fault_ofTheCopy_isReportedOnceAndLeavesTheCallAlone(String place) throws Exception {
    rig.expectFaults();
    MockWebServer server = rig.start("a");
    rig.balancer.serve("orders", Rig.http(server));
    rig.balancer.mirror();
    rig.balancer.plant(place, 0);
    HttpEntity twice =
        new Written(
            out -> {
              out.write('a');
              out.write("bc".getBytes(UTF_8));
            });

    assertThat(Rig.send(rig.client(), post("http://orders/", twice))).isEqualTo("a");

    RecordedRequest sent = Rig.taken(server);
    assertThat(sent.getBody()).isNotNull();
    assertThat(sent.getBody().utf8()).isEqualTo("abc");
    assertThat(rig.balancer.faults()).hasSize(1).first().hasToString(planted(place));
    assertThat(rig.balancer.copies()).noneMatch(FakeCopy::isWhole);
  }

  private static String planted(String place) {
    return new IllegalStateException("planted in " + place).toString();
  }

  /** Writes a body. */
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** A body of unknown length. Not thread-safe. */
  private static final class Written extends AbstractHttpEntity {
    private final Writing writing;

    Written(Writing writing) {
      this.writing = writing;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public ByteArrayInputStream getContent() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      writing.to(out);
    }

    @Override
    public boolean isStreaming() {
      return true;
    }
  }
}
