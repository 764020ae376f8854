package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An asynchronous call that is given up ends, whatever it is at; the server is not blamed. */
@ExtendWith(ContractExtension.class)
class HttpClient5CancelIT implements Contract {
  private static final String URL = "http://orders/";

  @Override
  public ClientDriver driver() {
    return new HttpClient5AsyncDriver();
  }

  @Test
  void cancelled_whileItWaitsForAConnection_ends(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    stage.balanceOver(a);

    try (CloseableHttpAsyncClient client = withOneConnection()) {
      Future<SimpleHttpResponse> first = get(client);
      gate.awaitArrivals(1);
      Future<SimpleHttpResponse> waiting = get(client);
      assertThat(stage.bean(a).inFlight()).isEqualTo(2);

      assertThat(waiting.cancel(true)).isTrue();
      stage.bean(a).awaitInFlight(1);
      gate.open();
      assertThat(first.get().getCode()).isEqualTo(200);
    }

    assertEndedWithoutFailure(stage.bean(a));
    assertThat(a.received()).hasSize(1);
  }

  @Test
  void cancelled_whileItConnects_endsAndDoesNotMove(Stage stage) throws Exception {
    String silent = stage.fleet().silentUrl();
    TestServer a = stage.fleet().http("a");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(silent).server(a));
    ServerBean ofSilent = stage.balance().server(Stage.SERVICE, silent);

    try (CloseableHttpAsyncClient client = withOneConnection()) {
      Future<SimpleHttpResponse> call = get(client);
      if (ofSilent.inFlight() == 0) {
        // The turn was that of the other server.
        assertThat(call.get().getCode()).isEqualTo(200);
        a.forget();
        call = get(client);
      }
      assertThat(ofSilent.inFlight()).isEqualTo(1);
      assertThat(call.cancel(true)).isTrue();
      ofSilent.awaitInFlight(0);
      Future<SimpleHttpResponse> cancelled = call;
      assertThat(catchThrowable(cancelled::get)).isInstanceOf(CancellationException.class);
      // A graceful end waits for the connection that does not come.
      client.close(CloseMode.IMMEDIATE);
    }

    assertThat(ofSilent.failures()).isZero();
    assertThat(a.received()).isEmpty();
  }

  @Test
  void cancelled_onAKeptConnectionWhileItWaits_ends(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    stage.balanceOver(a);

    try (CloseableHttpAsyncClient client = withOneConnection()) {
      assertThat(get(client).get().getCode()).isEqualTo(200);
      a.answers(Script.held(gate, Script.echo()));
      Future<SimpleHttpResponse> call = get(client);
      gate.awaitArrivals(1);
      assertThat(stage.bean(a).inFlight()).isEqualTo(1);

      assertThat(call.cancel(true)).isTrue();
      stage.bean(a).awaitInFlight(0);
    }

    assertEndedWithoutFailure(stage.bean(a));
  }

  @Test
  void cancelled_inABodyThatNobodyReads_ends(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.streamed(64L << 20, gate));
    stage.balanceOver(a);

    Reply reply = stage.client().call(Call.get(URL));
    gate.open();
    assertThat(stage.bean(a).inFlight()).isEqualTo(1);
    reply.close();

    stage.bean(a).awaitInFlight(0);
    assertEndedWithoutFailure(stage.bean(a));
  }

  @Test
  void cancelled_afterItsEnd_changesNothing(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    try (CloseableHttpAsyncClient client = withOneConnection()) {
      Future<SimpleHttpResponse> call = get(client);
      assertThat(call.get().getCode()).isEqualTo(200);
      assertThat(call.cancel(true)).isFalse();
      assertThat(get(client).get().getCode()).isEqualTo(200);
    }

    assertEndedWithoutFailure(stage.bean(a));
  }

  /** A client that is closed rarely tells its calls; who waits for them has to cancel them. */
  @Test
  void client_closedUnderItsCalls_theyEndWhenCancelled(Stage stage) throws Exception {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    stage.balanceOver(a);

    CloseableHttpAsyncClient client = withOneConnection();
    Future<SimpleHttpResponse> sent = get(client);
    gate.awaitArrivals(1);
    Future<SimpleHttpResponse> waiting = get(client);
    assertThat(stage.bean(a).inFlight()).isEqualTo(2);
    client.close(CloseMode.IMMEDIATE);

    sent.cancel(true);
    waiting.cancel(true);

    stage.bean(a).awaitInFlight(0);
    assertEndedWithoutFailure(stage.bean(a));
    assertThat(sent).isDone();
    assertThat(waiting).isDone();
  }

  /**
   * Its reactor tells the calls on its other connections where the application closes it on the
   * reactor's own thread. To them it looks like a lost connection.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void client_thatTellsItsCallsOfItsEnd_doesNotBlameTheServer(boolean isHttp2Only, Stage stage)
      throws Exception {
    TestServer a = isHttp2Only ? stage.fleet().http2("a") : stage.fleet().http("a");
    TestServer b = isHttp2Only ? stage.fleet().http2("b") : stage.fleet().http("b");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE).server(a), ServiceConfig.named("other").server(b));
    CloseableHttpAsyncClient client = isHttp2Only ? onlyHttp2WithOneThread(stage) : withOneThread();
    String scheme = isHttp2Only ? "https" : "http";

    Future<SimpleHttpResponse> held = get(client, scheme + "://orders/");
    gate.awaitArrivals(1);
    Future<SimpleHttpResponse> closing =
        client.execute(
            SimpleRequestBuilder.get(scheme + "://other/").build(),
            new FutureCallback<>() {
              @Override
              public void completed(SimpleHttpResponse response) {
                client.close(CloseMode.IMMEDIATE);
              }

              @Override
              public void failed(Exception cause) {}

              @Override
              public void cancelled() {}
            });

    assertThat(closing.get().getCode()).isEqualTo(200);
    assertThat(catchThrowable(held::get)).hasCauseInstanceOf(IOException.class);
    assertEndedWithoutFailure(stage.bean(a));
  }

  /** Its thread looks for what timed out too seldom to find that it was closed. */
  private static IOReactorConfig oneThread() {
    return IOReactorConfig.custom()
        .setIoThreadCount(1)
        .setSelectInterval(TimeValue.ofHours(1))
        .build();
  }

  private static CloseableHttpAsyncClient withOneThread() {
    return started(
        HttpAsyncClients.custom()
            .setIOReactorConfig(oneThread())
            .disableAutomaticRetries()
            .build());
  }

  private static CloseableHttpAsyncClient onlyHttp2WithOneThread(Stage stage) {
    return started(
        H2AsyncClientBuilder.create()
            .setIOReactorConfig(oneThread())
            .setTlsStrategy(AsyncTestClient.tls(stage.fleet().trust()))
            .disableAutomaticRetries()
            .build());
  }

  private static Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client) {
    return get(client, URL);
  }

  private static Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client, String url) {
    return client.execute(SimpleRequestBuilder.get(url).build(), null);
  }

  private static void assertEndedWithoutFailure(ServerBean server) {
    assertThat(server.inFlight()).isZero();
    assertThat(server.failures()).isZero();
  }

  private static CloseableHttpAsyncClient withOneConnection() {
    return started(
        HttpAsyncClients.custom()
            .setConnectionManager(
                AsyncTestClient.connections(null, false).setMaxConnPerRoute(1).build())
            .build());
  }

  private static CloseableHttpAsyncClient started(CloseableHttpAsyncClient client) {
    client.start();
    return client;
  }
}
