package dev.evenkeel.httpclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import dev.evenkeel.testkit.fake.GivingUp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.HttpVersion;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.EntityTemplate;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Responses and failures that are given up for those of another server. */
class GivenUpTest {
  @RegisterExtension final Rig rig = new Rig();

  private GivingUp givingUp(int status, MockWebServer... servers) {
    rig.balancer.serve(
        "orders", List.of(servers).stream().map(Rig::http).toArray(FakeServer[]::new));
    GivingUp balancer = new GivingUp(rig.balancer, status);
    Evenkeel.install(balancer);
    return balancer;
  }

  private MockWebServer failing(int status) throws IOException {
    return rig.start(
        r -> new MockResponse.Builder().code(status).setHeader("Set-Cookie", "of=a").body("no"));
  }

  private static HttpPost post(String body) {
    HttpPost post = new HttpPost("http://orders/");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes)));
    return post;
  }

  @Test
  void response_givenUp_isSeenByNothingOfTheClients() throws Exception {
    MockWebServer second = rig.start("b");
    givingUp(503, failing(503), second);
    BasicCookieStore cookies = new BasicCookieStore();
    List<Integer> seen = new ArrayList<>();
    CloseableHttpClient client =
        rig.keep(
            rig.builder()
                .setDefaultCookieStore(cookies)
                .setKeepAliveStrategy(
                    (response, context) -> {
                      seen.add(response.getStatusLine().getStatusCode());
                      return -1;
                    })
                .addInterceptorFirst(
                    (HttpResponseInterceptor)
                        (response, context) -> seen.add(response.getStatusLine().getStatusCode()))
                .build());
    HttpClientContext context = HttpClientContext.create();

    String answer =
        client.execute(
            new HttpGet("http://orders/"), r -> EntityUtils.toString(r.getEntity()), context);

    assertThat(answer).isEqualTo("b");
    assertThat(seen).containsExactly(200, 200);
    assertThat(cookies.getCookies()).isEmpty();
    assertThat(context.getTargetHost().toURI()).isEqualTo("http://orders");
    assertThat(context.getHttpRoute().getTargetHost().toURI()).isEqualTo("http://orders:80");
    assertThat(Rig.taken(second).getHeaders().values("Host")).containsExactly("orders");
    assertThat(rig.balancer.attempts()).extracting(FakeAttempt::status).containsExactly(503, 200);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsOnly(Outcome.COMPLETED);
  }

  @Test
  void connection_ofAResponseThatIsGivenUp_isClosedAndTheOtherIsKept() throws Exception {
    MockWebServer first = failing(503);
    MockWebServer second = rig.start("b");
    givingUp(503, first, second);
    CloseableHttpClient client = rig.client();

    for (int i = 0; i < 2; i++) {
      rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
      assertThat(Rig.get(client, "http://orders/")).isEqualTo("b");
    }

    assertThat(Rig.taken(first).getConnectionIndex()).isZero();
    assertThat(Rig.taken(first).getConnectionIndex()).isEqualTo(1);
    assertThat(Rig.taken(second).getConnectionIndex()).isZero();
    assertThat(Rig.taken(second).getConnectionIndex()).isZero();
  }

  @Test
  void challenge_givenUp_isAnsweredToNobodyAndTheNextOneIs() throws Exception {
    MockWebServer first = rig.start(r -> challenge("first"));
    MockWebServer second =
        rig.start(
            r ->
                r.getHeaders().get("Authorization") == null
                    ? challenge("second")
                    : new MockResponse.Builder().body("welcome"));
    givingUp(401, first, second);

    assertThat(Rig.get(clientWithCredentials(), "http://orders/")).isEqualTo("welcome");

    assertThat(first.getRequestCount()).isEqualTo(1);
    assertThat(second.getRequestCount()).isEqualTo(2);
  }

  private static MockResponse.Builder challenge(String realm) {
    return new MockResponse.Builder()
        .code(401)
        .setHeader("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
  }

  private CloseableHttpClient clientWithCredentials() {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("user", "password"));
    return rig.keep(rig.builder().setDefaultCredentialsProvider(credentials).build());
  }

  @Test
  void answerToAChallenge_isTheLastWord() throws Exception {
    MockWebServer first =
        rig.start(
            r ->
                r.getHeaders().get("Authorization") == null
                    ? challenge("first")
                    : new MockResponse.Builder().code(503).body("sorry"));
    MockWebServer second = rig.start("b");
    givingUp(503, first, second);

    assertThat(Rig.get(clientWithCredentials(), "http://orders/")).isEqualTo("sorry");

    assertThat(second.getRequestCount()).isZero();
    assertThat(rig.balancer.onlyAttempt().status()).isEqualTo(503);
  }

  @Test
  void credentials_sentAtOnce_areSentOnceToEachServer() throws Exception {
    MockWebServer first =
        rig.start(
            r ->
                r.getHeaders().get("Authorization") == null
                    ? challenge("orders")
                    : r.getTarget().equals("/again")
                        ? new MockResponse.Builder().code(503)
                        : new MockResponse.Builder().body("a"));
    MockWebServer second = rig.start("b");
    givingUp(503, first, second);
    CloseableHttpClient client = clientWithCredentials();
    HttpClientContext context = HttpClientContext.create();
    for (String path : List.of("/", "/again")) {
      rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
      client.execute(
          new HttpGet("http://orders" + path), r -> EntityUtils.toString(r.getEntity()), context);
    }

    assertThat(first.getRequestCount()).isEqualTo(3);
    assertThat(Rig.taken(second).getHeaders().values("Authorization")).hasSize(1);
  }

  @Test
  void minimalClient_sendsTheRequestAsItWas() throws Exception {
    MockWebServer first = failing(503);
    MockWebServer second = rig.start("b");
    givingUp(503, first, second);
    CloseableHttpClient client = rig.keep(HttpClients.createMinimal(rig.connections(rig.hosts)));
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new StringEntity("body"));

    assertThat(Rig.send(client, post)).isEqualTo("b");

    RecordedRequest given = Rig.taken(first);
    RecordedRequest sent = Rig.taken(second);
    assertThat(sent.getBody().utf8()).isEqualTo("body");
    assertThat(sent.getHeaders()).isEqualTo(given.getHeaders());
  }

  @Test
  void oneShotBody_thatNobodyAskedFor_isSentToTheOther() throws Exception {
    MockWebServer second = rig.start("b");
    ServerSocket first = rig.keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    CompletableFuture<String> received =
        CompletableFuture.supplyAsync(() -> refuseWithoutTheBody(first));
    rig.balancer.serve(
        "orders",
        new FakeServer("http", NamedHosts.ONE, first.getLocalPort(), true),
        Rig.http(second));
    Evenkeel.install(new GivingUp(rig.balancer, 503));
    HttpPost post = post("only once");
    post.setConfig(RequestConfig.custom().setExpectContinueEnabled(true).build());

    assertThat(Rig.send(rig.client(), post)).isEqualTo("b");

    assertThat(received.get()).contains("Expect: 100-continue").endsWith("\r\n\r\n");
    assertThat(Rig.taken(second).getBody().utf8()).isEqualTo("only once");
  }

  /** Answers once the head is there, and returns all that came until the connection was closed. */
  private static String refuseWithoutTheBody(ServerSocket server) {
    StringBuilder received = new StringBuilder();
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        received.append((char) b);
        if (received.toString().endsWith("\r\n\r\n")) {
          String answer = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (SocketException closed) {
      // The client ends such a connection without a word.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return received.toString();
  }

  @Test
  void oneShotBody_andMirrors_eachAttemptIsCopiedWhole() throws Exception {
    givingUp(503, failing(503), rig.start("b"));
    rig.balancer.mirror();

    assertThat(Rig.send(rig.client(), post("only once"))).isEqualTo("b");

    assertThat(rig.balancer.copies()).hasSize(2).allMatch(copy -> copy.body().equals("only once"));
  }

  @Test
  void faultOfOurs_afterABodyWasSent_endsTheCallAndSendsNothingMore() throws Exception {
    rig.expectFaults();
    MockWebServer first = failing(503);
    MockWebServer second = rig.start("b");
    givingUp(503, first, second).failAfterwards();
    CloseableHttpClient client = rig.client();

    assertThatThrownBy(() -> Rig.send(client, post("only once")))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("response 503 is given up for another service's");

    assertThat(second.getRequestCount()).isZero();
    assertThat(rig.balancer.faults()).hasSize(1);
  }

  @Test
  void bodyOverTheLimit_isRefusedWithoutAConnection() throws Exception {
    MockWebServer first = rig.start("a");
    givingUp(503, first).limitBodies(3);
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new StringEntity("1234"));
    CloseableHttpClient client = rig.client();

    assertThat(
            client.<Integer>execute(
                post,
                response -> {
                  assertThat(EntityUtils.toString(response.getEntity()))
                      .isEqualTo("Request body too large\n");
                  return response.getStatusLine().getStatusCode();
                }))
        .isEqualTo(413);

    assertThat(rig.hosts.asked()).isEmpty();
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void connectionLost_isGivenUpAndAnAbortedCallIsNot() throws Exception {
    HttpGet get = new HttpGet("http://orders/");
    MockWebServer lost =
        rig.start(
            r -> {
              if (r.getTarget().equals("/abort")) {
                get.abort();
              }
              return new MockResponse.Builder()
                  .onResponseStart(new SocketEffect.CloseSocket(true, false, false));
            });
    MockWebServer second = rig.start("b");
    givingUp(502, lost, second);
    CloseableHttpClient client = rig.clientWithoutRetries();

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("b");
    rig.balancer.serve("orders", Rig.http(lost), Rig.http(second));
    get.setURI(URI.create("http://orders/abort"));
    assertThatThrownBy(() -> Rig.send(client, get)).isInstanceOf(IOException.class);

    assertThat(second.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.IO_FAILED, Outcome.COMPLETED, Outcome.CANCELLED);
  }

  @Test
  void callThatABodyMakes_isJudgedByItself() throws Exception {
    MockWebServer second = rig.start(r -> new MockResponse.Builder().body(r.getBody().utf8()));
    givingUp(503, failing(503), second);
    rig.balancer.serve("inner", Rig.http(rig.start("inner")));
    CloseableHttpClient client = rig.client();
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(
        new EntityTemplate(
            (OutputStream out) ->
                out.write(Rig.get(client, "http://inner/").getBytes(StandardCharsets.UTF_8))));

    assertThat(Rig.send(client, post)).isEqualTo("inner");
  }

  @Test
  void executorOfTheApplications_thatAnswersInPlace_hasItsAnswerClosed() throws Exception {
    givingUp(503, failing(503), rig.start("b"));
    CloseableHttpClient client = rig.keep(rig.builder().setRequestExecutor(new Stubborn()).build());

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("b");
  }

  @Test
  void body_thatFailsByItself_saysNothingOfTheServer() throws Exception {
    MockWebServer second = rig.start("b");
    givingUp(502, rig.start("a"), second);
    IOException ofTheBody = new IOException("no such file");
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(
        new EntityTemplate(
            out -> {
              out.write('1');
              throw ofTheBody;
            }));
    CloseableHttpClient client = rig.clientWithoutRetries();

    assertThatThrownBy(() -> Rig.send(client, post)).isSameAs(ofTheBody);

    assertThat(second.getRequestCount()).isZero();
    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void body_thatTheConnectionDoesNotTake_isGivenUpAlsoIfItNamesTheFailureAnew() throws Exception {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    IOException reset = new SocketException("Connection reset");
    JudgedEntity body =
        new JudgedEntity(
            new EntityTemplate(
                out -> {
                  try {
                    out.write(new byte[] {'1'});
                    out.flush();
                  } catch (IOException failure) {
                    throw new IOException("not written", failure);
                  }
                }));
    OutputStream broken =
        new FilterOutputStream(taken) {
          @Override
          public void flush() throws IOException {
            throw reset;
          }
        };

    assertThatThrownBy(() -> body.writeTo(broken)).hasCause(reset);

    assertThat(body.hasFailed()).isFalse();
    assertThat(taken.toString(StandardCharsets.US_ASCII)).isEqualTo("1");
  }

  /** It goes to each server once: what the executor sends anew is not sent. */
  @Test
  void executorOfTheApplications_thatSendsAnew_sendsToNoServerTwice() throws Exception {
    MockWebServer first = rig.start(r -> new MockResponse.Builder().code(503));
    MockWebServer second = rig.start("b");
    givingUp(503, first, second);
    CloseableHttpClient client =
        rig.keep(rig.builder().setRequestExecutor(new Repeating()).build());

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("b");

    assertThat(first.getRequestCount()).isEqualTo(1);
    assertThat(second.getRequestCount()).isEqualTo(1);
  }

  /** Sends once more on the same connection when the library fails. Stateless. Thread-safe. */
  private static final class Repeating extends HttpRequestExecutor {
    @Override
    public HttpResponse execute(
        HttpRequest request, HttpClientConnection connection, HttpContext context)
        throws IOException, HttpException {
      try {
        return super.execute(request, connection, context);
      } catch (IOException failure) {
        return super.execute(request, connection, context);
      }
    }
  }

  /** Tries once more on the same connection when the library fails. Stateless. Thread-safe. */
  private static final class Stubborn extends HttpRequestExecutor {
    @Override
    public HttpResponse execute(
        HttpRequest request, HttpClientConnection connection, HttpContext context)
        throws IOException, HttpException {
      try {
        return super.execute(request, connection, context);
      } catch (IOException failure) {
        return new BasicHttpResponse(HttpVersion.HTTP_1_1, 500, "in place");
      }
    }
  }
}
