package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client contract for the minimal client that speaks HTTP/2 only. The servers speak it too, and
 * the URLs of calls have a port. Not thread-safe; one per test.
 */
abstract class Http2MinimalContractTest extends AsyncContractTest {
  Http2MinimalContractTest() {
    super(HttpClient5Http2MinimalDriver.class);
  }

  /**
   * The connection goes on without the call that lost patience, which hears of its stream's end.
   */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  @Override
  public void readTimeout_failsAsDirectAndIsNotRetried(String method, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    List<TestServer> servers = List.of(a, b);
    servers.forEach(server -> server.answers(Script.held(stage.fleet().gate(), Script.echo())));
    ClientOptions impatient = ClientOptions.PLAIN.withTimeout(Duration.ofMillis(300));

    Throwable direct = failure(stage.client(impatient), method, a.url());
    Await.until("the direct request is there", () -> requests(servers) == 1);
    Throwable balanced = failure(stage.client(impatient), method, "http://orders");
    Await.until("the balanced request is there", () -> requests(servers) == 2);

    assertThat(direct).isInstanceOf(IOException.class).hasMessageStartingWith("Timeout");
    assertThat(balanced).isExactlyInstanceOf(direct.getClass()).hasMessage(direct.getMessage());
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
  }

  /** HTTP/2 has no chunks, so the copy does not say that there were any. */
  @Test
  @Requires(Capability.MIRRORS)
  @Override
  public void request_ofUnknownLength_arrivesWhole(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: shadow, percent: 100 } ] } }",
            ServiceConfig.named("main").server(a),
            ServiceConfig.named("shadow").server(mirror));
    String text = "0123456789".repeat(20_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    Body body = Body.oneShot(new ByteArrayInputStream(bytes), -1);
    assertThat(stage.client().call(Call.post("http://orders/", body)).text()).isEqualTo(text);

    Await.until("a copy has arrived", () -> !mirror.received().isEmpty());
    Received copy = mirror.received().get(0);
    assertThat(a.received().get(0).headers("Content-Length")).isEmpty();
    assertThat(copy.requestLine()).isEqualTo("POST / HTTP/1.1");
    assertThat(copy.headers("Content-Length")).containsExactly("200000");
    assertThat(copy.body()).isEqualTo(text);
  }

  @Test
  @Requires({Capability.SERVERS_TRANSPORT, Capability.HTTP_2})
  @Override
  public void http2_isSpokenUnlessTheTransportForbidsIt(Stage stage) throws IOException {
    TestServer a = stage.fleet().http2("a");
    String rootCas = "rootCAs: [ " + stage.fleet().authorityPem() + " ]";
    stage
        .balance()
        .applyTransports(
            "{ both: { %s }, old: { disableHTTP2: true, %s } }".formatted(rootCas, rootCas),
            ServiceConfig.named(Stage.SERVICE).server(a).option("serversTransport: both"),
            ServiceConfig.named("old").server(a).option("serversTransport: old"));
    Client client = stage.client();

    assertThat(Stage.servedBy(client, "https://orders/", 2)).containsOnly("a");
    assertThatThrownBy(() -> client.call(Call.get("https://old/")))
        .isInstanceOf(SSLHandshakeException.class);

    assertThat(a.connections()).isEqualTo(1);
    assertThat(a.received())
        .extracting(request -> request.header(":authority"))
        .containsExactly("orders", "orders");
  }

  private static Throwable failure(Client client, String method, String url) {
    Call call = Call.of(method, url + "/");
    Call whole = method.equals("POST") ? call.with(Body.of("body")) : call;
    return catchThrowable(() -> client.call(whole).text());
  }

  private static int requests(List<TestServer> servers) {
    return servers.stream().mapToInt(server -> server.received().size()).sum();
  }
}
