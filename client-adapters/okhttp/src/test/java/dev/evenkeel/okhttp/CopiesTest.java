package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.RealBufferedSink;
import okio.Sink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mirrors get of a request, and that a call without them is as it was. */
final class CopiesTest {
  private static final String BODY = "0123456789".repeat(5_000);

  @RegisterExtension final Rig rig = new Rig();

  @Test
  void request_withAMirror_isCopiedAsItIsWritten() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", new FakeServer("http", "one.test", one.getPort(), false));
    rig.balancer.isMirrored = true;

    post(rig.client(), "http://orders:81/a%2Fb?c=%20", RequestBody.create("abc", null));

    RecordedRequest received = Rig.taken(one);
    assertThat(copy(0).parts)
        .startsWith("POST orders:81 /a%2Fb?c=%20")
        .containsAll(headers(received))
        .contains("Host: one.test:" + one.getPort())
        .contains("Accept-Encoding: gzip", "Content-Length: 3")
        .endsWith("abc", "end");
  }

  private static List<String> headers(RecordedRequest received) {
    return received.getHeaders().names().stream()
        .map(name -> name + ": " + received.getHeaders().get(name))
        .toList();
  }

  @Test
  void body_ofUnknownLength_isCopiedWholeAndInItsOrder() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));
    rig.balancer.isMirrored = true;

    post(rig.client(), "http://orders/", new Streamed());

    List<String> parts = copy(0).parts;
    int bodyFrom = parts.indexOf("Transfer-Encoding: chunked") + 1;
    assertThat(Rig.taken(one).getBody().utf8()).isEqualTo(BODY);
    assertThat(String.join("", parts)).endsWith(BODY + "end");
    assertThat(parts.subList(bodyFrom, parts.size()).size()).isGreaterThan(2);
  }

  @Test
  void request_overHttp2_isCopiedWithoutWhatHttp2LeavesOut() throws Exception {
    MockWebServer one = rig.server("one");
    one.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    rig.balancer.service("orders", Rig.at("one", one));
    rig.balancer.isMirrored = true;
    OkHttpClient client =
        rig.track(Rig.builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build());

    post(client, "http://orders/", new Streamed());

    assertThat(Rig.taken(one).getBody().utf8()).isEqualTo(BODY);
    assertThat(copy(0).parts)
        .startsWith("POST orders /")
        .contains("accept-encoding: gzip")
        .noneMatch(part -> part.matches("(?i)(host|connection|transfer-encoding): .*"));
    assertThat(String.join("", copy(0).parts)).endsWith(BODY + "end");
  }

  @Test
  void request_writtenOnceMore_asksForACopyAgain() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));
    OkHttpClient client = rig.client();
    assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
    one.setDispatcher(new FirstDropped());
    rig.balancer.isMirrored = true;

    post(client, "http://orders/", RequestBody.create("abc", null));

    assertThat(rig.balancer.copies).hasSize(2);
    assertThat(copy(1).parts).startsWith("POST orders /").endsWith("abc", "end");
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
  void body_thatBreaksOff_neverEndsItsCopy() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    rig.balancer.isMirrored = true;
    RequestBody broken =
        new Streamed() {
          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            super.writeTo(sink);
            throw new IOException("no more");
          }
        };

    Throwable failure = catchThrowable(() -> post(rig.client(), "http://orders/", broken));

    assertThat(failure).hasMessage("no more");
    assertThat(copy(0).parts).startsWith("POST orders /").doesNotContain("end");
  }

  @Test
  void call_madeByAnInterceptor_leavesNothingInTheOuterCopy() throws Exception {
    MockWebServer elsewhere = rig.server("elsewhere");
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    rig.balancer.isMirrored = true;
    OkHttpClient inner = rig.client();
    Interceptor calling =
        chain -> {
          String url = "http://elsewhere.test:" + elsewhere.getPort() + "/";
          post(inner, url, RequestBody.create("inner", null));
          return chain.proceed(chain.request());
        };
    OkHttpClient client = rig.track(Rig.builder().addNetworkInterceptor(calling).build());

    post(client, "http://orders/", RequestBody.create("outer", null));

    assertThat(Rig.taken(elsewhere).getBody().utf8()).isEqualTo("inner");
    assertThat(rig.balancer.copies).hasSize(1);
    assertThat(copy(0).parts).contains("outer", "end").doesNotContain("inner");
  }

  @Test
  void body_ofACallWithoutAMirror_goesThroughOkHttpsOwnSink() throws Exception {
    rig.balancer.service("mirrored", Rig.at("one", rig.server("one")));
    rig.balancer.service("orders", Rig.at("two", rig.server("two")));
    OkHttpClient client = rig.client();
    rig.balancer.isMirrored = true;
    SinkSeen seen = new SinkSeen();
    post(client, "http://mirrored/", seen);
    assertThat(seen.wireSink()).isInstanceOf(CopiedSink.class);
    rig.balancer.isMirrored = false;

    post(client, "http://orders/", seen);

    assertThat(seen.wireSink().getClass().getName()).startsWith("okhttp3.internal.http1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "copy.begin", "copy.header", "copy.body", "copy.end"})
  void fault_whileCopying_isNotFeltAndEndsNoCopy(String point) throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", new FakeServer("http", "one.test", one.getPort(), false));
    rig.balancer.isMirrored = true;
    rig.plant(point);

    post(rig.client(), "http://orders/", new Streamed());

    RecordedRequest received = Rig.taken(one);
    assertThat(received.getBody().utf8()).isEqualTo(BODY);
    assertThat(received.getHeaders().get("Host")).isEqualTo("one.test:" + one.getPort());
    assertThat(rig.balancer.copies).allSatisfy(c -> assertThat(c.parts).doesNotContain("end"));
    assertThat(rig.balancer.faults)
        .extracting(Throwable::getMessage)
        .containsExactly("planted in " + point);
  }

  private FakeCopy copy(int index) {
    return rig.balancer.copies.get(index);
  }

  private static void post(OkHttpClient client, String url, RequestBody body) throws IOException {
    Request request = new Request.Builder().url(url).post(body).build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.body().string()).isNotEmpty();
    }
  }

  /** A server that closes its first connection instead of an answer. Thread-safe. */
  private static final class FirstDropped extends Dispatcher {
    private final AtomicBoolean isDropped = new AtomicBoolean();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      MockResponse.Builder answer = new MockResponse.Builder().body("one again");
      return isDropped.compareAndSet(false, true)
          ? answer.onResponseStart(new SocketEffect.CloseSocket()).build()
          : answer.build();
    }
  }

  /** A body that does not tell its length. Not thread-safe. */
  private static class Streamed extends RequestBody {
    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8(BODY);
    }
  }

  /** Remembers what the codec gave to write to. Not thread-safe. */
  private static final class SinkSeen extends Streamed {
    private final AtomicReference<@Nullable Sink> seen = new AtomicReference<>();

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      seen.set(((ForwardingSink) ((RealBufferedSink) sink).sink).delegate());
      super.writeTo(sink);
    }

    Sink wireSink() {
      return Objects.requireNonNull(seen.get());
    }
  }
}
