package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.GivingUp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers, or fails to, is given up for what another service answers. */
class GivenUpTest {
  private static final Rig.Answer ECHO =
      request ->
          new MockResponse.Builder()
              .body("echo " + (request.getBody() == null ? "" : request.getBody().utf8()));
  private static final Rig.Answer SORRY =
      request -> new MockResponse.Builder().code(503).body("sorry").addHeader("Set-Cookie", "no=1");
  private static final Rig.Answer LOST =
      request ->
          new MockResponse.Builder()
              .onResponseStart(new SocketEffect.CloseSocket(true, true, true));

  @RegisterExtension final Rig rig = new Rig();

  private GivingUp givingUp(Rig.Answer first, Integer... statuses) throws IOException {
    rig.balancer.serve("orders", Rig.http(rig.start(first)), Rig.http(rig.start(ECHO)));
    GivingUp balancer = new GivingUp(rig.balancer, statuses);
    Evenkeel.install(balancer);
    return balancer;
  }

  /** Of the client with or without its chain of steps. */
  private CloseableHttpAsyncClient client(boolean isMinimal) {
    return isMinimal ? rig.keep(HttpAsyncClients.createMinimal(rig.connections())) : rig.client();
  }

  private static String send(CloseableHttpAsyncClient client, HttpRequest request)
      throws Exception {
    HttpResponse response =
        client
            .execute(new HttpHost("orders"), request, HttpClientContext.create(), null)
            .get(20, TimeUnit.SECONDS);
    return EntityUtils.toString(response.getEntity());
  }

  private static HttpRequest post(HttpEntity body) {
    HttpRequestBase post = (HttpRequestBase) RequestBuilder.post("/").setEntity(body).build();
    post.setConfig(RequestConfig.custom().setSocketTimeout(2_000).build());
    return post;
  }

  private static HttpEntity oneShot(String text, boolean isLengthKnown) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InputStream in = new ByteArrayInputStream(bytes);
    InputStreamEntity body = new InputStreamEntity(in, isLengthKnown ? bytes.length : -1);
    body.setChunked(!isLengthKnown);
    return body;
  }

  private List<Outcome> outcomes() {
    return rig.balancer.attempts().stream().map(FakeAttempt::outcome).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answer_isSeenByNobody_andCountsForItsServer(boolean isMinimal) throws Exception {
    givingUp(SORRY, 503);

    assertThat(send(client(isMinimal), RequestBuilder.get("/").build())).isEqualTo("echo ");

    assertThat(outcomes()).containsExactly(Outcome.COMPLETED, Outcome.COMPLETED);
    assertThat(rig.balancer.attempts()).extracting(FakeAttempt::status).containsExactly(503, 200);
  }

  @Test
  void answer_reachesNoInterceptorAndNoCookieStore() throws Exception {
    givingUp(SORRY, 503);
    List<Integer> seen = new CopyOnWriteArrayList<>();
    HttpResponseInterceptor interceptor =
        (response, context) -> seen.add(response.getStatusLine().getStatusCode());
    HttpClientContext context = HttpClientContext.create();

    String text =
        Rig.send(
            rig.keep(rig.builder().addInterceptorLast(interceptor).build()),
            new HttpGet("http://orders/"),
            context);

    assertThat(text).isEqualTo("echo ");
    assertThat(seen).containsExactly(200);
    assertThat(context.getCookieStore().getCookies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void repeatableBody_isWrittenAnew(boolean isMinimal) throws Exception {
    givingUp(SORRY, 503);
    String text = "0123456789".repeat(20_000);

    assertThat(send(client(isMinimal), post(new StringEntity(text)))).isEqualTo("echo " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false true", "false false", "true true", "true false"})
  void oneShotBody_isKeptOnItsWay(String minimalAndLength) throws Exception {
    givingUp(SORRY, 503);
    String text = "0123456789".repeat(20_000);
    HttpEntity body = oneShot(text, minimalAndLength.endsWith("true"));

    assertThat(send(client(minimalAndLength.startsWith("true")), post(body)))
        .isEqualTo("echo " + text);
  }

  @Test
  void oneShotBodyThatIsKept_isCopiedForTheMirrorOfEachAttempt() throws Exception {
    givingUp(SORRY, 503);
    rig.balancer.mirror();

    assertThat(send(rig.client(), post(oneShot("once", false)))).isEqualTo("echo once");

    assertThat(rig.balancer.copies())
        .hasSize(2)
        .allSatisfy(
            copy -> {
              assertThat(copy.body()).isEqualTo("once");
              assertThat(copy.isWhole()).isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connectionLostAfterSending_movesTheCall(boolean isMinimal) throws Exception {
    givingUp(LOST, 502);

    assertThat(send(client(isMinimal), post(oneShot("once", true)))).isEqualTo("echo once");

    assertThat(outcomes()).containsExactly(Outcome.IO_FAILED, Outcome.COMPLETED);
  }

  @Test
  void connectionLost_thatIsNotToBeGivenUp_isTheApplications() throws Exception {
    givingUp(LOST, 504);
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/")).isInstanceOf(IOException.class);

    assertThat(outcomes()).containsExactly(Outcome.IO_FAILED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void silence_movesTheCall_thoughTheClientClosesItsHandlerThen(boolean isMinimal)
      throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    givingUp(
        request -> {
          answered.await();
          return new MockResponse.Builder();
        },
        504);

    assertThat(send(client(isMinimal), post(new StringEntity("body")))).isEqualTo("echo body");
    answered.countDown();

    assertThat(outcomes()).containsExactly(Outcome.IO_FAILED, Outcome.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyThatIsTooLong_isAnsweredWithoutAConnection(boolean isMinimal) throws Exception {
    GivingUp balancer = givingUp(ECHO);
    balancer.limitBodies(3);
    HttpRequest post = post(new StringEntity("body"));

    HttpResponse response =
        client(isMinimal)
            .execute(new HttpHost("orders"), post, HttpClientContext.create(), null)
            .get(20, TimeUnit.SECONDS);

    assertThat(response.getStatusLine().getStatusCode()).isEqualTo(413);
    assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("Request body too large\n");
    assertThat(outcomes()).containsExactly(Outcome.CANCELLED);
    assertThat(((HttpEntityEnclosingRequest) post).getEntity().getContentLength()).isEqualTo(4);
  }

  @Test
  void answerToCredentials_isTheLastWord() throws Exception {
    givingUp(
        request ->
            request.getHeaders().get("Authorization") == null
                ? new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate", "Basic realm=\"r\"")
                : new MockResponse.Builder().code(503).body("busy"),
        503);
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("user", "secret"));
    CloseableHttpAsyncClient client =
        rig.keep(rig.builder().setDefaultCredentialsProvider(credentials).build());

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("busy");
  }

  @Test
  void bodyThatFailsByItself_isNoLostConnection() throws Exception {
    givingUp(ECHO, 502);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("disk");
          }
        };
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new InputStreamEntity(broken));
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.send(client, post)).hasMessage("disk");

    assertThat(outcomes()).containsExactly(Outcome.CANCELLED);
  }

  @Test
  void faultOfOurs_afterAnAnswerWasGivenUp_isReportedAndSeenAsALostConnection() throws Exception {
    rig.expectFaults();
    givingUp(SORRY, 503).failAfterwards();
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("response 503 is given up for another service's");

    assertThat(rig.balancer.faults()).hasSize(1);
  }

  @Test
  void connections_afterAnswersThatWereGivenUp_areNotLostToThePool() throws Exception {
    MockWebServer first = rig.start(SORRY);
    rig.balancer.serve("orders", Rig.http(first), Rig.http(rig.start(ECHO)));
    CloseableHttpAsyncClient client = rig.keep(rig.builder().setMaxConnPerRoute(1).build());
    HttpUriRequest get = new HttpGet("http://orders/");

    for (int i = 0; i < 3; i++) {
      rig.balancer.serve("orders", Rig.http(first), Rig.http(rig.start(ECHO)));
      Evenkeel.install(new GivingUp(rig.balancer, 503));
      assertThat(Rig.send(client, get)).isEqualTo("echo ");
    }
    assertThat(first.getRequestCount()).isEqualTo(3);
  }
}
