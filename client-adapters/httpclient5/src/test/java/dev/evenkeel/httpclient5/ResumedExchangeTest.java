package dev.evenkeel.httpclient5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeKeptBody;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.junit.jupiter.api.Test;

/** A request that is sent again: what each side of it hears, and when. */
class ResumedExchangeTest {
  private static final HttpClientContext CONTEXT = HttpClientContext.create();
  private static final EntityDetails ANSWER = new BasicEntityDetails(1, ContentType.TEXT_PLAIN);

  private final List<String> heard = new ArrayList<>();
  private final BasicHttpRequest request = new BasicHttpRequest("POST", URI.create("http://o/"));
  private final BasicAsyncEntityProducer producer =
      new BasicAsyncEntityProducer("body".getBytes(UTF_8), ContentType.TEXT_PLAIN, true);
  private final FakeKeptBody kept = new FakeKeptBody();
  private final CopiedChannelTest.Narrow first = new CopiedChannelTest.Narrow();
  private final CopiedChannelTest.Narrow second = new CopiedChannelTest.Narrow();
  private final AttemptProgress progress =
      new AttemptProgress(
          new GuardedAttempt(
              new FakeAttempt(new FakeBalancer(), new FakeServer("http", NamedHosts.ONE, 80, true)),
              HttpClient5Adapter.NAME));

  @Test
  void end_ofTheResponse_waitsForThatOfTheRequest() throws Exception {
    ResumedExchange resumed = resumedAfterTheWholeBody();

    resumed.consumeResponse(new BasicHttpResponse(200), ANSWER, CONTEXT);
    resumed.streamEnd(null);
    assertThat(heard).containsExactly("consumeResponse");
    resumed.produce(second);

    assertThat(heard).containsExactly("consumeResponse", "streamEnd");
    assertThat(second.body.toString(UTF_8)).isEqualTo("body");
  }

  @Test
  void response_withoutABody_waitsForTheEndOfTheRequest() throws Exception {
    ResumedExchange resumed = resumedAfterTheWholeBody();

    resumed.consumeResponse(new BasicHttpResponse(204), null, CONTEXT);
    assertThat(heard).isEmpty();
    resumed.produce(second);

    assertThat(heard).containsExactly("consumeResponse");
  }

  @Test
  void end_ofAnErrorsResponse_isNotHeld() throws Exception {
    ResumedExchange resumed = resumedAfterTheWholeBody();

    resumed.consumeResponse(new BasicHttpResponse(400), ANSWER, CONTEXT);
    resumed.streamEnd(null);
    resumed.produce(second);

    assertThat(heard).containsExactly("consumeResponse", "streamEnd");
  }

  @Test
  void failure_afterAWholeResponse_isTheEndOfIt() throws Exception {
    ResumedExchange resumed = resumedAfterTheWholeBody();

    resumed.consumeResponse(new BasicHttpResponse(200), ANSWER, CONTEXT);
    resumed.streamEnd(null);
    resumed.failed(new IOException("no more of it"));
    resumed.releaseResources();

    assertThat(heard).containsExactly("consumeResponse", "streamEnd", "releaseResources");
  }

  /** The client's exchange may be under way on another connection by then. */
  @Test
  void failure_isToldToWhatMayKnowAnotherServer_andToItAlone() throws Exception {
    ResumedExchange resumed = resumedAfterTheWholeBody();

    resumed.failed(new IOException("lost"));
    resumed.releaseResources();

    assertThat(heard).containsExactly("callback.failed");
  }

  /** The client's exchange hears of the end of a request once, here or on the server before. */
  @Test
  void body_thatWasNotAtItsEnd_goesThroughTheClientsExchange() throws Exception {
    ResumedExchange resumed = new ResumedExchange(theirs(), sentRequest(), callback());

    resumed.produceRequest((again, entity, context) -> {}, CONTEXT);
    resumed.produce(second);
    resumed.consumeResponse(new BasicHttpResponse(200), ANSWER, CONTEXT);
    resumed.streamEnd(null);

    assertThat(heard).containsExactly("produce", "consumeResponse", "streamEnd");
  }

  @Test
  void head_isSentWithoutWhatTheConnectionAdded() throws Exception {
    request.addHeader("X-One", "1");
    SentRequest sent = sentRequest();
    request.addHeader("Transfer-Encoding", "chunked");
    List<String> names = new ArrayList<>();

    new ResumedExchange(theirs(), sent, callback())
        .produceRequest(
            (again, entity, context) -> {
              assertThat(again).isSameAs(request);
              List.of(again.getHeaders()).forEach(header -> names.add(header.getName()));
            },
            CONTEXT);

    assertThat(names).containsExactly("X-One");
  }

  /** A declared length has been sent when its last byte was; the producer may still say nothing. */
  @Test
  void keptBody_thatIsWhole_canBeSentAgainOnceItsProducerIsAtItsEnd() throws Exception {
    SentRequest sent =
        new SentRequest(request, new BasicEntityDetails(4, ContentType.TEXT_PLAIN), kept);
    DataStreamChannel channel = sent.body(first, progress);
    channel.write(ByteBuffer.wrap("body".getBytes(UTF_8)));
    kept.becomeWhole();
    assertThat(sent.canBeSentAgain()).isFalse();

    channel.endStream();

    assertThat(sent.canBeSentAgain()).isTrue();
    assertThat(first.body.toString(UTF_8)).isEqualTo("body");
  }

  /** The client's exchange hears of an end that the connection took, and of no other. */
  @Test
  void repeatableBody_whoseEndTheConnectionDoesNotTake_canBeSentAgain() throws Exception {
    SentRequest sent = sentRequest();
    IOException reset = new IOException("Connection reset");
    first.endFailure = reset;

    assertThatThrownBy(() -> producer.produce(sent.body(first, progress))).isSameAs(reset);

    assertThat(sent.isEnded()).isFalse();
    assertThat(sent.canBeSentAgain()).isTrue();
  }

  @Test
  void keptBody_isSentFromItsStartWithItsTrailers() throws Exception {
    SentRequest sent =
        new SentRequest(request, new BasicEntityDetails(-1, ContentType.TEXT_PLAIN), kept);
    DataStreamChannel channel = sent.body(first, progress);
    channel.write(ByteBuffer.wrap("once".getBytes(UTF_8)));
    channel.endStream(List.of());
    assertThat(sent.canBeSentAgain()).isTrue();
    ResumedExchange resumed = new ResumedExchange(theirs(), sent, callback());

    resumed.produceRequest((again, entity, context) -> {}, CONTEXT);
    resumed.produce(second);

    assertThat(second.body.toString(UTF_8)).isEqualTo("once");
    assertThat(second.calls).containsExactly("end []");
    assertThat(heard).isEmpty();
  }

  private SentRequest sentRequest() {
    return new SentRequest(request, producer, kept);
  }

  private ResumedExchange resumedAfterTheWholeBody() throws Exception {
    SentRequest sent = sentRequest();
    producer.produce(sent.body(first, progress));
    assertThat(sent.isEnded()).isTrue();
    ResumedExchange resumed = new ResumedExchange(theirs(), sent, callback());
    resumed.produceRequest((again, entity, context) -> {}, CONTEXT);
    return resumed;
  }

  interface Producing {
    void to(DataStreamChannel channel) throws IOException;
  }

  private AsyncClientExchangeHandler theirs() {
    return exchange(channel -> heard.add("produce"));
  }

  private AsyncClientExchangeHandler exchange(Producing producing) {
    return recording(AsyncClientExchangeHandler.class, "", producing);
  }

  private AsyncExecCallback callback() {
    return recording(AsyncExecCallback.class, "callback.", channel -> {});
  }

  private <T> T recording(Class<T> type, String prefix, Producing producing) {
    return type.cast(
        Proxy.newProxyInstance(
            ResumedExchangeTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "available" -> {
                  return 1;
                }
                case "produce" -> producing.to((DataStreamChannel) arguments[0]);
                default -> heard.add(prefix + method.getName());
              }
              return null;
            }));
  }
}
