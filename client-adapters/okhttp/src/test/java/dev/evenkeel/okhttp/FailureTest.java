package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which failures move a call to another server, and how attempts end. */
final class FailureTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void refusedConnection_ofAnyMethod_movesAndSendsAOneShotBodyOnce() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.dead("dead"), Rig.at("one", one));
    OneShot body = new OneShot(false);

    rig.client().newCall(post(body)).execute().close();

    assertThat(Rig.taken(one).getBody().utf8()).isEqualTo("once");
    assertThat(body.writes.get()).isEqualTo(1);
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin dead.test",
            "end CONNECT_FAILED",
            "begin one.test",
            "answered 200",
            "end COMPLETED");
  }

  @Test
  void unresolvableServer_moves() throws Exception {
    rig.balancer.service(
        "orders",
        new FakeServer("http", "nowhere.invalid", 80, true),
        Rig.at("one", rig.server("one")));

    assertThat(Rig.body(rig.client(), "http://orders/")).isEqualTo("one");
  }

  @Test
  void refusedConnection_whereTheClientDoesNotRetry_movesAllTheSame() throws Exception {
    rig.balancer.service("orders", Rig.dead("dead"), Rig.at("one", rig.server("one")));
    OkHttpClient client = rig.track(Rig.builder().retryOnConnectionFailure(false).build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
  }

  /** OkHttp 3 and 4 try one address at a time, and leave the next one to their retry. */
  @Test
  void deadAddress_ofAServerThatHasAnother_isNoFailureOfTheServer() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", rig.server("two")));
    OkHttpClient client = rig.track(Rig.builder().dns(host -> addresses("127.0.0.2")).build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end COMPLETED");
  }

  /** OkHttp holds such a failure for one that another address may not have. */
  @Test
  void allAddresses_ofAllServers_thatFailTheHandshake_failTheCallAfterOneAttemptEach()
      throws Exception {
    rig.balancer.service("orders", failingHandshakes("one"), failingHandshakes("two"));
    OkHttpClient client = rig.track(Rig.builder().dns(host -> addresses("127.0.0.1")).build());

    assertThatThrownBy(() -> Rig.body(client, "http://orders/")).isInstanceOf(IOException.class);
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin one.test", "end CONNECT_FAILED", "begin two.test", "end CONNECT_FAILED");
  }

  private FakeServer failingHandshakes(String name) throws IOException {
    MockWebServer server = rig.tlsServer(name, name);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().build();
          }

          @Override
          public MockResponse peek() {
            return new MockResponse.Builder().failHandshake().build();
          }
        });
    return Rig.tlsAt(name, server);
  }

  /** Two addresses, of which the second is the servers'. */
  private static List<InetAddress> addresses(String first) throws UnknownHostException {
    return List.of(InetAddress.getByName(first), InetAddress.getLoopbackAddress());
  }

  @Test
  void interruptedThread_thatCannotConnect_choosesNoOtherServer() throws Exception {
    rig.balancer.service(
        "orders", new FakeServer("http", "first.test", 80, true), Rig.dead("second"));
    Dns interrupted =
        host -> {
          Thread.currentThread().interrupt();
          throw new UnknownHostException(host);
        };
    OkHttpClient client = rig.track(Rig.builder().dns(interrupted).build());

    Throwable failure = catchThrowable(() -> Rig.body(client, "http://orders/"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isInstanceOf(UnknownHostException.class);
    assertThat(rig.balancer.events).containsExactly("begin first.test", "end CANCELLED");
  }

  @Test
  void refusedConnection_withoutFastFallback_moves() throws Exception {
    rig.balancer.service("orders", Rig.dead("dead"), Rig.at("one", rig.server("one")));
    OkHttpClient client = rig.track(Rig.builder().fastFallback(false).build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
  }

  @Test
  void allServers_refusing_failAsOkHttpDoesWithoutUs() throws Exception {
    FakeServer last = Rig.dead("last");
    rig.balancer.service("orders", Rig.dead("first"), last);

    Throwable direct = catchThrowable(() -> Rig.body(rig.client(), last.url()));
    Throwable balanced = catchThrowable(() -> Rig.body(rig.client(), "http://orders/"));

    assertThat(balanced).isExactlyInstanceOf(direct.getClass()).hasMessage(direct.getMessage());
    assertThat(balanced.getSuppressed()).hasAtLeastOneElementOfType(IOException.class);
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin first.test", "end CONNECT_FAILED", "begin last.test", "end CONNECT_FAILED");
  }

  @Test
  void readTimeout_isNotTriedAgain() throws Exception {
    MockWebServer one = rig.server("one");
    MockWebServer two = rig.server("two");
    one.setDispatcher(stalling());
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", two));
    OkHttpClient client = rig.track(Rig.builder().readTimeout(Duration.ofMillis(200)).build());

    assertThatThrownBy(() -> Rig.body(client, "http://orders/"))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(one.getRequestCount()).isEqualTo(1);
    assertThat(two.getRequestCount()).isZero();
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end IO_FAILED");
  }

  @Test
  void callTimeout_whileWaiting_endsTheAttempt() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(stalling());
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", rig.server("two")));
    OkHttpClient client = rig.track(Rig.builder().callTimeout(Duration.ofMillis(300)).build());

    assertThatThrownBy(() -> Rig.body(client, "http://orders/"))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("timeout");
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CANCELLED");
  }

  @Test
  void retryOfOkHttpsOwn_staysOnTheServerAndIsTheSameAttempt() throws Exception {
    MockWebServer one = rig.server("one");
    FakeServer server = Rig.at("one", one);
    AtomicInteger requests = new AtomicInteger();
    one.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return requests.incrementAndGet() == 2
                ? new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build()
                : new MockResponse.Builder().body("one").build();
          }
        });
    rig.balancer.service("orders", server, server, Rig.at("two", rig.server("two")));
    OkHttpClient client = rig.client();

    Rig.body(client, "http://orders/");
    String again = Rig.body(client, "http://orders/");

    assertThat(again).isEqualTo("one");
    assertThat(requests.get()).isEqualTo(3);
    assertThat(rig.balancer.lookups).containsExactly("orders", "orders");
    assertThat(rig.balancer.events)
        .containsExactly(
            "begin one.test",
            "answered 200",
            "end COMPLETED",
            "begin one.test",
            "answered 200",
            "end COMPLETED");
  }

  @Test
  void retryOfOkHttpsOwn_thatTheCacheRedirects_endsTheAttempt(@TempDir Path folder)
      throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));
    try (Cache cache = new Cache(folder.toFile(), 1 << 20)) {
      OkHttpClient client = rig.track(Rig.builder().cache(cache).build());
      OkHttpClient other = rig.track(Rig.builder().cache(cache).followRedirects(false).build());
      Rig.body(client, "http://orders/warm");
      one.setDispatcher(failingOnceTheCacheIsFilled(other));

      assertThat(Rig.body(client, "http://orders/x")).isEqualTo("one");
    }

    assertThat(rig.balancer.events).filteredOn(event -> event.startsWith("begin")).hasSize(4);
    assertThat(rig.balancer.events).containsOnlyOnce("end IO_FAILED");
  }

  /** Fails its first request after another client has cached the answer: a redirect. */
  private static Dispatcher failingOnceTheCacheIsFilled(OkHttpClient other) {
    AtomicInteger requests = new AtomicInteger();
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return switch (requests.incrementAndGet()) {
          case 1 -> {
            assertThat(bodyOf(other)).isEqualTo("moved");
            yield new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
          }
          case 2 ->
              new MockResponse.Builder()
                  .code(301)
                  .addHeader("Location: /y")
                  .addHeader("Cache-Control: max-age=60")
                  .body("moved")
                  .build();
          default -> new MockResponse.Builder().body("one").build();
        };
      }
    };
  }

  private static String bodyOf(OkHttpClient client) {
    try {
      return Rig.body(client, "http://orders/x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void retryOfOkHttpsOwn_thatCannotConnect_moves() throws Exception {
    MockWebServer one = rig.server("one");
    FakeServer first = Rig.at("one", one);
    rig.balancer.service("orders", first);
    OkHttpClient client = rig.client();
    Rig.body(client, "http://orders/");

    one.close();
    rig.balancer.service("orders", first, first, Rig.at("two", rig.server("two")));

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("two");
  }

  @Test
  void body_brokenOff_endsTheAttemptAsFailed() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(
            new MockResponse.Builder()
                .body("x".repeat(100_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build()));
    rig.balancer.service("orders", Rig.at("one", one));

    assertThatThrownBy(() -> Rig.body(rig.client(), "http://orders/"))
        .isInstanceOf(IOException.class);
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end IO_FAILED");
  }

  @Test
  void requestBody_thatFails_saysNothingAboutTheServer() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));

    assertThatThrownBy(() -> rig.client().newCall(post(new OneShot(true))).execute())
        .hasMessage("no such file");
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CANCELLED");
  }

  @Test
  void cancel_beforeTheCall_choosesNoServer() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    Call call = rig.client().newCall(Rig.get("http://orders/"));
    call.cancel();

    assertThatThrownBy(call::execute).hasMessage("Canceled");
    assertThat(rig.balancer.events).isEmpty();
  }

  @Test
  void cancel_whileWaiting_endsTheAttemptAsCancelled() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(stalling());
    rig.balancer.service("orders", Rig.at("one", one), Rig.at("two", rig.server("two")));
    Call call = rig.client().newCall(Rig.get("http://orders/"));
    CompletableFuture<String> answer = new CompletableFuture<>();
    call.enqueue(BalancingTest.completing(answer));

    Rig.taken(one);
    call.cancel();

    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CANCELLED");
  }

  @Test
  void cancel_whileReadingTheBody_endsTheAttemptAsCancelled() throws Exception {
    MockWebServer one = rig.server("one");
    one.setDispatcher(
        Rig.answering(
            new MockResponse.Builder()
                .body("x".repeat(1_000_000))
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build()));
    rig.balancer.service("orders", Rig.at("one", one));
    Call call = rig.client().newCall(Rig.get("http://orders/"));

    try (Response response = call.execute()) {
      call.cancel();
      assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
    }

    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end CANCELLED");
  }

  @Test
  void body_readByANetworkInterceptor_endsTheAttemptOnceItIsAnswered() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    OkHttpClient client =
        rig.track(
            Rig.builder()
                .addNetworkInterceptor(
                    chain -> {
                      Response response = chain.proceed(chain.request());
                      assertThat(response.peekBody(100).string()).isEqualTo("one");
                      assertThat(rig.balancer.inFlight()).isZero();
                      return response;
                    })
                .build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end COMPLETED");
  }

  @Test
  void body_closedUnread_completesTheAttempt() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));

    rig.client().newCall(Rig.get("http://orders/")).execute().close();

    assertThat(rig.balancer.events)
        .containsExactly("begin one.test", "answered 200", "end COMPLETED");
  }

  @Test
  void body_notClosed_completesTheAttemptWithItsLastByte() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));

    Response response = rig.client().newCall(Rig.get("http://orders/")).execute();
    assertThat(response.body().source().readUtf8(3)).isEqualTo("one");

    assertThat(rig.balancer.events).contains("end COMPLETED");
    response.close();
  }

  @Test
  void head_withoutABody_completesTheAttemptAtOnce() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    Request head = new Request.Builder().url("http://orders/").head().build();

    Response response = rig.client().newCall(head).execute();

    assertThat(rig.balancer.events).contains("end COMPLETED");
    response.close();
  }

  private static Dispatcher stalling() {
    return Rig.answering(
        new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
  }

  private static Request post(RequestBody body) {
    return new Request.Builder().url("http://orders/").post(body).build();
  }

  private static final class OneShot extends RequestBody {
    final AtomicInteger writes = new AtomicInteger();
    private final boolean isFailing;

    OneShot(boolean isFailing) {
      this.isFailing = isFailing;
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
      writes.incrementAndGet();
      if (isFailing) {
        throw new IOException("no such file");
      }
      sink.writeUtf8("once");
    }
  }
}
