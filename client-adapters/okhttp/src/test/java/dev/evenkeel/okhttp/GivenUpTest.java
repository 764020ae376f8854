package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses and failures that are given up for those of another server. */
final class GivenUpTest {
  private static final String BODY = "0123456789".repeat(5_000);

  @RegisterExtension final Rig rig = new Rig();

  @ParameterizedTest
  @ValueSource(strings = {"http/1.1", "h2_prior_knowledge"})
  void response_givenUp_isFollowedByAnotherServersAndItsConnectionIsKept(String protocol)
      throws Exception {
    MockWebServer one = failing("one");
    MockWebServer two = rig.server("two");
    List<Protocol> protocols = List.of(Protocol.get(protocol));
    one.setProtocols(protocols);
    two.setProtocols(protocols);
    givingUp(503, one, two);
    OkHttpClient client = rig.track(Rig.builder().protocols(protocols).build());

    assertThat(Rig.body(client, "http://orders/a")).isEqualTo("two");
    assertThat(post(client, RequestBody.create(BODY, null))).isEqualTo("two");

    assertThat(rig.balancer.events)
        .containsSequence(
            "begin one.test",
            "answered 503",
            "end COMPLETED",
            "begin two.test",
            "answered 200",
            "end COMPLETED");
    assertThat(two.getRequestCount()).isEqualTo(2);
    assertThat(connections(one)).containsOnly(0);
    assertThat(connections(two)).containsOnly(0);
  }

  private static List<Integer> connections(MockWebServer server) throws InterruptedException {
    List<Integer> indices = new CopyOnWriteArrayList<>();
    for (int i = 0; i < server.getRequestCount(); i++) {
      indices.add(Rig.taken(server).getConnectionIndex());
    }
    return indices;
  }

  @Test
  void enqueuedCall_givenUp_calledBackOnceWithTheLogicalUrl() throws Exception {
    givingUp(503, failing("one"), rig.server("two"));
    List<String> answers = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> answered = new CompletableFuture<>();

    rig.client()
        .newCall(Rig.get("http://orders/a"))
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException failure) {
                answered.completeExceptionally(failure);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                answers.add(response.request().url() + " " + response.body().string());
                answers.add(String.valueOf(response.priorResponse()));
                answered.complete(null);
              }
            });
    answered.get();

    assertThat(answers).containsExactly("http://orders/a two", "null");
  }

  @Test
  void networkInterceptorAndListener_ofACallGivenUp_seeBothExchanges() throws Exception {
    givingUp(503, failing("one"), rig.server("two"));
    List<String> seen = new CopyOnWriteArrayList<>();
    Interceptor network =
        chain -> {
          Response response = chain.proceed(chain.request());
          seen.add("network " + response.code());
          return response;
        };
    Interceptor application =
        chain -> {
          Response response = chain.proceed(chain.request());
          seen.add("application " + response.code());
          return response;
        };
    OkHttpClient client =
        rig.track(
            Rig.builder()
                .addInterceptor(application)
                .addNetworkInterceptor(network)
                .eventListener(new Recorder(seen))
                .build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("two");

    assertThat(seen)
        .containsExactly(
            "callStart",
            "acquired",
            "headers 503",
            "network 503",
            "released",
            "acquired",
            "headers 200",
            "network 200",
            "application 200",
            "released",
            "callEnd");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneShotBody_closedByItsWriterOrNot_isSentAgain(boolean isClosing) throws Exception {
    MockWebServer one = failing("one");
    MockWebServer two = rig.server("two");
    givingUp(503, one, two);

    String answer = post(rig.client(), new OneShot(isClosing, false));

    assertThat(answer).isEqualTo("two");
    assertThat(Rig.taken(one).getBody().utf8()).isEqualTo(BODY);
    assertThat(Rig.taken(two).getBody().utf8()).isEqualTo(BODY);
  }

  @Test
  void oneShotBody_compressedByANetworkInterceptor_isCompressedOnce() throws Exception {
    MockWebServer one = failing("one");
    MockWebServer two = rig.server("two");
    givingUp(503, one, two);
    OkHttpClient client =
        rig.track(Rig.builder().addNetworkInterceptor(GivenUpTest::compress).build());

    assertThat(post(client, new OneShot(false, false))).isEqualTo("two");

    assertThat(Rig.taken(two).getBody()).isEqualTo(Rig.taken(one).getBody());
  }

  private static Response compress(Interceptor.Chain chain) throws IOException {
    RequestBody plain = chain.request().body();
    RequestBody compressed =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            try (BufferedSink zipped = Okio.buffer(new GzipSink(sink))) {
              plain.writeTo(zipped);
            }
          }
        };
    return chain.proceed(
        chain.request().newBuilder().header("Content-Encoding", "gzip").post(compressed).build());
  }

  @Test
  void oneShotBody_thatBreaksOff_isNotSentAgain() throws Exception {
    MockWebServer two = rig.server("two");
    rig.balancer.service("orders", Rig.at("one", rig.server("one")), Rig.at("two", two));
    rig.balancer.givenUp = Set.of(502, 503, 504);

    Throwable failure = catchThrowable(() -> post(rig.client(), new OneShot(true, true)));

    assertThat(failure).hasMessage("no more");
    assertThat(two.getRequestCount()).isZero();
  }

  @Test
  void duplexBody_answeredInTheRange_getsTheFirstResponse() throws Exception {
    MockWebServer one = failing("one");
    MockWebServer two = rig.server("two");
    one.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    givingUp(503, one, two);
    OkHttpClient client =
        rig.track(Rig.builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build());
    RequestBody duplex =
        new OneShot(true, false) {
          @Override
          public boolean isDuplex() {
            return true;
          }
        };

    assertThat(post(client, duplex)).isEqualTo("one");

    assertThat(two.getRequestCount()).isZero();
  }

  @Test
  void connectionLost_whileRetriesAreOn_movesAtOnce() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(
            new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()));
    MockWebServer two = rig.server("two");
    givingUp(502, one, two);

    assertThat(post(rig.client(), new OneShot(false, false))).isEqualTo("two");

    assertThat(one.getRequestCount()).isEqualTo(1);
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin one.test", "end IO_FAILED", "begin two.test", "answered 200", "end COMPLETED");
  }

  @Test
  void answer_thatBreaksOffWhileANetworkInterceptorReadsIt_isNotGivenUp() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(
            new MockResponse.Builder()
                .body(BODY)
                .onResponseBody(new SocketEffect.CloseSocket())
                .build()));
    MockWebServer two = rig.server("two");
    givingUp(502, one, two);
    Interceptor reading =
        chain -> {
          Response response = chain.proceed(chain.request());
          response.body().source().request(Long.MAX_VALUE);
          return response;
        };
    OkHttpClient client = rig.track(Rig.builder().addNetworkInterceptor(reading).build());

    Throwable failure = catchThrowable(() -> post(client, RequestBody.create("once", null)));

    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(two.getRequestCount()).isZero();
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end IO_FAILED");
  }

  @Test
  void fallback_thatCannotBeReached_isTheFailure() throws Exception {
    rig.balancer.service("orders", Rig.at("one", failing("one")), Rig.dead("dead"));
    rig.balancer.givenUp = Set.of(503);

    Throwable failure = catchThrowable(() -> Rig.body(rig.client(), "http://orders/"));

    assertThat(failure).isInstanceOf(IOException.class);
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin one.test",
            "answered 503",
            "end COMPLETED",
            "begin dead.test",
            "end CONNECT_FAILED");
  }

  @Test
  void callTimeout_ofACallGivenUp_holdsForTheSecondServerToo() throws Exception {
    MockWebServer two = rig.server("two");
    two.setDispatcher(
        Rig.answering(
            new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build()));
    givingUp(503, failing("one"), two);
    OkHttpClient client = rig.track(Rig.builder().callTimeout(Duration.ofMillis(500)).build());

    Throwable failure = catchThrowable(() -> Rig.body(client, "http://orders/"));

    assertThat(failure).isInstanceOf(InterruptedIOException.class).hasMessage("timeout");
    assertThat(rig.balancer.events).endsWith("begin two.test", "end CANCELLED");
  }

  @Test
  void body_overTheLimit_isAnsweredWithoutAConnection() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));
    rig.balancer.maxBodyBytes = 2;
    Request request =
        new Request.Builder().url("https://orders/").post(RequestBody.create("abc", null)).build();

    try (Response response = rig.client().newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(413);
      assertThat(response.handshake()).isNotNull();
      assertThat(response.body().string()).isEqualTo("Request body too large\n");
    }

    assertThat(one.getRequestCount()).isZero();
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"giveUp", "keepBody", "kept.body", "kept.end"})
  void fault_ofOurs_givesTheFirstResponse(String point) throws Exception {
    MockWebServer one = failing("one");
    MockWebServer two = rig.server("two");
    givingUp(503, one, two);
    rig.plant(point);

    assertThat(post(rig.client(), new OneShot(false, false))).isEqualTo("one");

    assertThat(Rig.taken(one).getBody().utf8()).isEqualTo(BODY);
    assertThat(two.getRequestCount()).isZero();
    assertThat(rig.balancer.faults)
        .extracting(Throwable::getMessage)
        .containsExactly("planted in " + point);
  }

  @Test
  void fault_inTheNextServer_givesTheFirstResponse() throws Exception {
    givingUp(503, failing("one"), rig.server("two"));
    rig.plant("next again");

    assertThat(Rig.body(rig.client(), "http://orders/")).isEqualTo("one");

    assertThat(rig.balancer.faults).hasSize(1);
  }

  private void givingUp(int status, MockWebServer one, MockWebServer two) {
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", two));
    rig.balancer.givenUp = Set.of(status);
  }

  private MockWebServer failing(String name) throws IOException {
    MockWebServer server = rig.server(name);
    server.setDispatcher(Rig.answering(new MockResponse.Builder().code(503).body(name).build()));
    return server;
  }

  private static String post(OkHttpClient client, RequestBody body) throws IOException {
    Request request = new Request.Builder().url("http://orders/").post(body).build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }

  /** A body of unknown length that fails when it is written twice. Not thread-safe. */
  private static class OneShot extends RequestBody {
    private final boolean isClosing;
    private final boolean isBroken;
    private boolean isWritten;

    OneShot(boolean isClosing, boolean isBroken) {
      this.isClosing = isClosing;
      this.isBroken = isBroken;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      assertThat(isWritten).isFalse();
      isWritten = true;
      sink.writeUtf8(BODY);
      if (isClosing) {
        sink.close();
      }
      if (isBroken) {
        throw new IOException("no more");
      }
    }
  }

  /** Writes down what tells one exchange from the next. Thread-safe. */
  private static final class Recorder extends EventListener {
    private final List<String> seen;

    Recorder(List<String> seen) {
      this.seen = seen;
    }

    @Override
    public void callStart(Call call) {
      seen.add("callStart");
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      seen.add("acquired");
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      seen.add("headers " + response.code());
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      seen.add("released");
    }

    @Override
    public void callEnd(Call call) {
      seen.add("callEnd");
    }
  }
}
