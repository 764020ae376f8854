package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.EitherServer;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose URL has the scheme {@code h2c} is spoken to in HTTP/2 without TLS, by clients that
 * can; by others in HTTP/1.1. Not thread-safe; one per test.
 */
interface H2cContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"http://orders:8080", "https://orders:8080"})
  @Requires(Capability.H2C)
  default void serversByH2c_thatSpeakNothingElse_getHttp2OnOneConnectionEach(
      String url, Stage stage) throws IOException {
    TestServer a = stage.fleet().h2c("a");
    TestServer b = stage.fleet().h2c("b");
    stage.balanceOver(a, b);
    Client client = stage.client();

    for (int i = 0; i < 8; i++) {
      Body body = Body.of("body " + i);
      try (Reply reply = client.call(Call.post(url + "/a%2Fb?c=" + i, body))) {
        assertThat(reply.text()).isEqualTo("body " + i);
        assertThat(reply.url()).startsWith(url + "/a%2Fb");
      }
    }

    for (TestServer server : List.of(a, b)) {
      assertThat(server.received()).hasSize(4);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).startsWith("POST /a%2Fb?c=").endsWith(" HTTP/2");
                assertThat(request.header(":authority")).isEqualTo("orders:8080");
                assertThat(request.header(":scheme")).isEqualTo("http");
              });
    }
    assertThat(stage.bean(a).calls()).isEqualTo(4);
  }

  @Test
  @Requires(Capability.H2C)
  default void serverByH2c_amongOthersAndWithItsOwnHostAndPath_getsItsForm(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().h2c("a");
    TestServer b = stage.fleet().http("b");
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE)
                .preserving(a.url() + "/base/")
                .server(b)
                .option("passHostHeader: false"));

    assertThat(Stage.servedBy(stage.client(), "http://orders/x", 4)).containsOnly("a", "b");

    Received ofA = a.received().get(0);
    assertThat(ofA.requestLine()).isEqualTo("GET /base/x HTTP/2");
    assertThat(ofA.authority()).isEqualTo(a.authority());
    assertThat(b.received().get(0).requestLine()).isEqualTo("GET /x HTTP/1.1");
  }

  @Test
  @Requires(Capability.H2C)
  default void serverByH2c_thatRefuses_callMoves(Stage stage) throws IOException {
    TestServer a = stage.fleet().h2c("a");
    String refused = stage.fleet().refusedUrl().replace("http:", "h2c:");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(refused).server(a));
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Body body = Body.oneShot("body " + i);
      assertThat(client.call(Call.post("http://orders/", body)).text()).isEqualTo("body " + i);
    }

    assertThat(a.received()).hasSize(4);
    assertThat(stage.balance().server(Stage.SERVICE, refused).failures()).isBetween(2L, 4L);
  }

  @Test
  @Requires(Capability.H2C)
  default void serverByH2c_thatIsKilled_callsContinueOnTheOther(Stage stage) throws IOException {
    TestServer a = stage.fleet().h2c("a");
    TestServer b = stage.fleet().h2c("b");
    stage.balanceOver(a, b);
    Client client = stage.client();
    List<String> before = Stage.servedBy(client, "http://orders/", 4);

    // Every client in HTTP/2 reads its connections all the time.
    a.killAndAwaitClients();
    List<String> after = Stage.servedBy(client, "http://orders/", 8);

    assertThat(before).contains("a", "b");
    assertThat(after).containsOnly("b");
  }

  @Test
  @Requires({Capability.H2C, Capability.HTTP_2})
  default void serverByH2c_manyCallsAtOnce_areMultiplexed(Stage stage) throws Exception {
    TestServer a = stage.fleet().h2c("a");
    stage.balanceOver(a);
    Client client = stage.client();
    // A connection, so that the calls that follow find it.
    assertThat(Stage.servedBy(client, "http://orders/", 1)).containsExactly("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));

    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(client.callAsync(Call.get("http://orders/")));
    }
    gate.awaitArrivals(10);
    gate.open();
    for (CompletableFuture<Reply> call : calls) {
      assertThat(call.get().servedBy()).isEqualTo("a");
    }

    assertThat(a.received()).hasSize(11);
    assertThat(a.connections()).isEqualTo(1);
  }

  @Test
  default void serverByH2c_thatSpeaksHttp1Too_answersEveryClient(Stage stage) throws IOException {
    EitherServer a = stage.fleet().http1OrH2c("a");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(a.url()));
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Body body = Body.of("body " + i);
      assertThat(client.call(Call.post("http://orders/", body)).text()).isEqualTo("body " + i);
    }

    boolean isHttp2 = driver().capabilities().contains(Capability.H2C);
    assertThat((isHttp2 ? a.http2() : a.http1()).received()).hasSize(4);
    assertThat(a.received())
        .hasSize(4)
        .allSatisfy(request -> assertThat(request.authority()).isEqualTo("orders"));
    assertThat(stage.balance().server(Stage.SERVICE, a.url()).calls()).isEqualTo(4);
  }

  @Test
  @Requires(Capability.WEB_SOCKET)
  default void webSocket_toAServerByH2c_isAskedForInHttp1(Stage stage) throws IOException {
    EitherServer a = stage.fleet().http1OrH2c("a");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(a.url()));
    Client client = stage.client();

    for (int i = 0; i < 2; i++) {
      a.answers(Script.echo());
      assertThat(client.call(Call.post("http://orders/", Body.of("x"))).text()).isEqualTo("x");
      a.answers(Script.webSocketEcho());
      assertThat(client.webSocketEcho("http://orders/socket", "hello")).isEqualTo("hello");
    }

    assertThat(a.http1().received("/socket")).hasSize(2);
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void mirrorByH2c_getsItsCopiesInHttp2(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().h2c("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url());

    Call call = Call.post("http://orders:8080/a%2Fb?c=%20&d", Body.of("body")).header("X-One", "1");
    assertThat(stage.client().call(call).text()).isEqualTo("body");

    Received copy = Mirroring.awaitCopy(mirror);
    assertThat(copy.requestLine()).isEqualTo("POST /a%2Fb?c=%20&d HTTP/2");
    assertThat(copy.authority()).isEqualTo("orders:8080");
    assertThat(copy.headers("X-One")).containsExactly("1");
    assertThat(copy.body()).isEqualTo("body");
  }
}
