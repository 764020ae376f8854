package dev.evenkeel.httpclient5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeBalancer;
import dev.evenkeel.testkit.fake.FakeKeptBody;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an exchange is given up, and what the client and the balancer hear of its end. */
class WatchedExchangeTest {
  private final IOException reset = new SocketException("Connection reset");

  private final List<String> heard = new ArrayList<>();
  private final Judging judging = new Judging();
  private final FakeAttempt attempt =
      new FakeAttempt(new FakeBalancer(), new FakeServer("http", NamedHosts.ONE, 8080, true));
  private final HttpClientContext context = HttpClientContext.create();
  private final CopiedChannelTest.Narrow connection = new CopiedChannelTest.Narrow();
  private boolean isCancelled;
  private int produced;
  private @Nullable AsyncEntityProducer producer;
  private @Nullable RuntimeException availableFailure;

  /**
   * The client hears of the end of a request once, so it has to have heard before the call moves.
   */
  @Test
  void head_thatCannotBeSent_hasTheClientCountTheRequestBeforeTheCallMoves() throws Exception {
    WatchedExchange exchange = exchange();

    assertThatThrownBy(() -> exchange.produceRequest(failing(reset), context)).isSameAs(reset);
    assertThat(heard).containsExactly("counted");
    exchange.failed(reset);

    assertThat(judging.asked).containsExactly(502);
    assertThat(attempt.outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @Test
  void head_thatTheConnectionRefuses_isNotTheServers() throws Exception {
    ProtocolException refusal = new ProtocolException("no such version");
    WatchedExchange exchange = exchange();

    assertThatThrownBy(() -> exchange.produceRequest(failing(refusal), context)).isSameAs(refusal);
    exchange.failed(refusal);

    assertThat(judging.asked).isEmpty();
    assertThat(heard).containsExactly("failed");
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  /** Where the answer stands too, the connection is to hear of the end of the body, once. */
  @Test
  void answer_thatStands_leavesAConnectionThatHeardOfTheEndOfAKeptBody() throws Exception {
    judging.isGivingUp = false;
    body(false, this::writeThenEnd);
    WatchedExchange exchange = sent();
    exchange.produce(connection);
    assertThat(connection.body.toString(UTF_8)).isEqualTo("body");
    judging.kept.becomeWhole();

    exchange.consumeResponse(new BasicHttpResponse(200), null, context);
    exchange.produce(connection);

    assertThat(connection.calls).containsExactly("end null");
  }

  /** A server may answer as soon as it has the length that was declared. */
  @Test
  void keptBody_thatHasGoneWhole_isAskedForItsEndBeforeTheCallMoves() throws Exception {
    body(false, this::writeThenEnd);
    WatchedExchange exchange = sent();
    exchange.produce(connection);

    exchange.consumeResponse(new BasicHttpResponse(503), null, context);

    assertThat(connection.calls).containsExactly("end null");
    assertThat(judging.asked).containsExactly(503);
  }

  @Test
  void keptBody_thatFailsInsteadOfEnding_goesNowhere() throws Exception {
    body(
        false,
        channel -> {
          produced++;
          if (produced > 1) {
            throw new IOException("no end");
          }
          channel.write(ByteBuffer.wrap("body".getBytes(UTF_8)));
        });
    WatchedExchange exchange = sent();
    exchange.produce(connection);

    exchange.consumeResponse(new BasicHttpResponse(503), null, context);

    assertThat(judging.asked).isEmpty();
    assertThat(heard).containsExactly("consumeResponse");
  }

  /** Says that this was all when it is asked for the second time, and then nothing any more. */
  private void writeThenEnd(DataStreamChannel channel) throws IOException {
    produced++;
    if (produced == 1) {
      channel.write(ByteBuffer.wrap("body".getBytes(UTF_8)));
    } else if (produced == 2) {
      channel.endStream();
    }
  }

  @Test
  void answer_whoseBodyTheApplicationHasNoRoomFor_rests() throws Exception {
    judging.isGivingUp = false;
    WatchedExchange exchange = sent();
    exchange.consumeResponse(
        new BasicHttpResponse(200), new BasicEntityDetails(-1, ContentType.TEXT_PLAIN), context);
    assertThat(attempt.isResting()).isFalse();

    exchange.updateCapacity(increment -> {});

    assertThat(attempt.isResting()).isTrue();
    assertThat(heard).contains("updateCapacity");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void call_thatTheApplicationCancelled_goesNowhere(boolean isAnswered) throws Exception {
    WatchedExchange exchange = sent();
    isCancelled = true;

    if (isAnswered) {
      exchange.consumeResponse(new BasicHttpResponse(503), null, context);
    } else {
      exchange.failed(reset);
    }

    assertThat(judging.asked).isEmpty();
    assertThat(heard).containsExactly("counted", isAnswered ? "consumeResponse" : "failed");
  }

  @Test
  void body_thatFailsByItself_saysNothingOfTheServer() throws Exception {
    IOException ofTheBody = new IOException("no such file");
    body(
        true,
        channel -> {
          throw ofTheBody;
        });
    WatchedExchange exchange = sent();

    assertThatThrownBy(() -> exchange.produce(connection)).isSameAs(ofTheBody);
    exchange.failed(ofTheBody);

    assertThat(judging.asked).isEmpty();
    assertThat(heard).containsExactly("failed");
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bodyOfAFinalRequest_thatFailsByItself_saysNothingOfTheServer(boolean isAsked)
      throws Exception {
    judging.isFinal = true;
    IllegalStateException ofTheBody = new IllegalStateException("no such file");
    body(
        true,
        channel -> {
          channel.write(ByteBuffer.wrap("bo".getBytes(UTF_8)));
          throw ofTheBody;
        });
    availableFailure = isAsked ? ofTheBody : null;
    WatchedExchange exchange = sent();

    assertThatThrownBy(
            () -> {
              if (exchange.available() > 0) {
                exchange.produce(connection);
              }
            })
        .isSameAs(ofTheBody);
    exchange.failed(new IOException("closed", ofTheBody));

    assertThat(heard).containsExactly("failed");
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  /** In HTTP/2 the client closes the connection for it, and fails all calls there with it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectionLost_byTheBodyOfAnotherCall_saysNothingOfTheServer(boolean isFinal)
      throws Exception {
    judging.isFinal = isFinal;
    WatchedExchange exchange = sent();
    IOException ofAnotherBody = new IOException("no such file");
    FailedBodies.note(ofAnotherBody);

    exchange.failed(ofAnotherBody);

    assertThat(judging.asked).hasSize(isFinal ? 0 : 1);
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bodyOfAFinalRequest_thatTheConnectionDoesNotTake_isTheServersFailure(boolean isAtItsEnd)
      throws Exception {
    judging.isFinal = true;
    connection.failure = isAtItsEnd ? null : reset;
    connection.endFailure = reset;
    body(
        true,
        channel -> {
          channel.write(ByteBuffer.wrap("body".getBytes(UTF_8)));
          channel.endStream();
        });
    WatchedExchange exchange = sent();

    assertThatThrownBy(() -> exchange.produce(connection)).isSameAs(reset);
    exchange.failed(reset);

    assertThat(FailedBodies.isOne(reset)).isFalse();
    assertThat(attempt.outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void body_thatTheConnectionDoesNotTake_isTheServersFailure(boolean isAtItsEnd) throws Exception {
    connection.failure = isAtItsEnd ? null : reset;
    connection.endFailure = reset;
    body(
        true,
        channel -> {
          try {
            channel.write(ByteBuffer.wrap("body".getBytes(UTF_8)));
            channel.endStream();
          } catch (IOException failure) {
            throw new IOException("not written", failure);
          }
        });
    WatchedExchange exchange = sent();

    assertThatThrownBy(() -> exchange.produce(connection)).hasCause(reset);
    exchange.failed(reset);

    assertThat(judging.asked).containsExactly(502);
    assertThat(attempt.outcome()).isEqualTo(Outcome.IO_FAILED);
  }

  private void body(boolean isRepeatable, ResumedExchangeTest.Producing producing) {
    producer =
        proxy(
            AsyncEntityProducer.class,
            (method, arguments) -> {
              switch (method) {
                case "isRepeatable" -> {
                  return isRepeatable;
                }
                case "getContentLength" -> {
                  return 4L;
                }
                case "produce" -> producing.to((DataStreamChannel) arguments[0]);
                default -> {}
              }
              return null;
            });
  }

  private WatchedExchange sent() throws Exception {
    WatchedExchange exchange = exchange();
    exchange.produceRequest((request, entity, sentIn) -> {}, context);
    return exchange;
  }

  private static RequestChannel failing(Exception failure) {
    return (request, entity, sentIn) -> {
      if (failure instanceof IOException io) {
        throw io;
      }
      throw (HttpException) failure;
    };
  }

  private WatchedExchange exchange() {
    AsyncExecCallback callback = recording(AsyncExecCallback.class);
    context.setProtocolVersion(HttpVersion.HTTP_1_1);
    HttpRoute route = new HttpRoute(new HttpHost("orders", 80));
    BasicHttpRequest request = new BasicHttpRequest("POST", URI.create("http://orders/"));
    Scope scope =
        new Scope(
            "1",
            route,
            request,
            recording(CancellableDependency.class),
            context,
            recording(AsyncExecRuntime.class),
            (again, body, within, called, delay) -> {},
            new AtomicInteger(1));
    AsyncStep step =
        new AsyncStep(
            (sent, body, within, chain, called) -> {},
            request,
            producer,
            scope,
            recording(AsyncExecChain.class),
            callback);
    return new WatchedExchange(
        theirs(request),
        new AsyncCall(step, judging),
        step,
        new AttemptProgress(new GuardedAttempt(attempt, HttpClient5Adapter.NAME)),
        route);
  }

  /** As the client's exchange: the request, or its body, is counted once it has gone. */
  private AsyncClientExchangeHandler theirs(BasicHttpRequest request) {
    return proxy(
        AsyncClientExchangeHandler.class,
        (method, arguments) -> {
          switch (method) {
            case "produceRequest" -> {
              ((RequestChannel) arguments[0]).sendRequest(request, producer, context);
              if (producer == null) {
                heard.add("counted");
              }
            }
            case "available" -> {
              if (availableFailure != null) {
                throw availableFailure;
              }
              return 1;
            }
            case "produce" -> {
              if (producer != null) {
                producer.produce((DataStreamChannel) arguments[0]);
              }
            }
            default -> heard.add(method);
          }
          return null;
        });
  }

  private <T> T recording(Class<T> type) {
    return proxy(
        type,
        (method, arguments) -> {
          if (method.equals("isCancelled")) {
            return isCancelled;
          }
          heard.add(type.getSimpleName() + "." + method);
          return null;
        });
  }

  private interface Called {
    @Nullable Object with(String method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            WatchedExchangeTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> called.with(method.getName(), arguments)));
  }

  /** Gives up all that it is asked about, or nothing, and then has no server. Not thread-safe. */
  private static final class Judging implements Exchange {
    private final List<Integer> asked = new ArrayList<>();
    private final FakeKeptBody kept = new FakeKeptBody();
    private boolean isGivingUp = true;
    private boolean isFinal;

    @Override
    public String service() {
      return "orders";
    }

    @Override
    public @Nullable Attempt next() {
      return null;
    }

    @Override
    public @Nullable KeptBody keepBody(long contentLength) {
      return isFinal ? null : kept;
    }

    @Override
    public boolean giveUp(int status) {
      return isGivingUp && asked.add(status);
    }

    @Override
    public ConnectException unavailable() {
      return new ConnectException("none");
    }
  }
}
