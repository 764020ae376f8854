package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mirrors get what the server gets, or what the configuration leaves of it. Each call takes its
 * answer to the end: one that is given up meanwhile may count as cancelled, and then has no mirror.
 * Not thread-safe; one per test.
 */
interface MirroredRequestContract extends Contract {
  /** What concerns one connection, or is compared by itself. */
  Set<String> NOT_COMPARED =
      Set.of(
          "connection",
          "content-length",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "transfer-encoding",
          "upgrade",
          ":authority",
          ":method",
          ":path",
          ":scheme");

  @Test
  @Requires(Capability.MIRRORS)
  default void request_mirrored_arrivesIdentically(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url());

    Call call =
        Call.post("http://orders:8080/a%2Fb?c=%20&d", Body.of("b\u00f6dy"))
            .header("X-One", "1")
            .header("X-Two", "2")
            .header("Content-Type", "text/plain");
    assertThat(stage.client().call(call).text()).isEqualTo("b\u00f6dy");

    Received sent = a.received().get(0);
    Received copy = Mirroring.awaitCopy(mirror);
    assertSame(sent, copy);
    assertThat(copy.requestLine()).isEqualTo(sent.requestLine());
    assertThat(copy.headers("Content-Length")).containsExactly("5");
    assertThat(copy.body()).isEqualTo("b\u00f6dy");
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void request_ofUnknownLength_arrivesWhole(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url());
    String text = "0123456789".repeat(20_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    Body body = Body.oneShot(new ByteArrayInputStream(bytes), -1);
    assertThat(stage.client().call(Call.post("http://orders/", body)).text()).isEqualTo(text);

    Received copy = Mirroring.awaitCopy(mirror);
    assertSame(a.received().get(0), copy);
    assertThat(copy.headers("Transfer-Encoding")).containsExactly("chunked");
    assertThat(copy.body()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "HEAD", "OPTIONS"})
  @Requires(Capability.MIRRORS)
  default void request_withoutABody_arrives(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url());

    Call call = Call.of(method, "http://orders/?x=1").header("X-One", "1");
    assertThat(stage.client().call(call).text()).isEmpty();

    Received copy = Mirroring.awaitCopy(mirror);
    assertSame(a.received().get(0), copy);
    assertThat(copy.bodyBytes()).isZero();
    assertThat(copy.headers("Content-Length"))
        .isEqualTo(a.received().get(0).headers("Content-Length"));
  }

  @Test
  @Requires({Capability.MIRRORS, Capability.HTTP_2})
  default void request_overHttp2_arrivesOverHttp1(Stage stage) throws IOException {
    TestServer a = stage.fleet().http2("a");
    TestServer mirror = stage.fleet().http("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url());
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    for (String body : List.of("first", "second")) {
      Call call = Call.post("https://orders/" + body, Body.of(body)).header("X-One", "1");
      assertThat(client.call(call).text()).isEqualTo(body);
    }

    Await.until("both have arrived", () -> mirror.received().size() == 2);
    for (String body : List.of("first", "second")) {
      Received copy = mirror.received("/" + body).get(0);
      assertThat(a.received("/" + body).get(0).header(":authority")).isEqualTo("orders");
      assertSame(a.received("/" + body).get(0), copy);
      assertThat(copy.body()).isEqualTo(body);
    }
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void host_isTheMirrorsAffair(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer logical = stage.fleet().http("logical");
    TestServer own = stage.fleet().http("own");
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: l, percent: 100 },"
                + " { name: o, percent: 100 } ] } }",
            ServiceConfig.named("main").server(a).option("passHostHeader: false"),
            ServiceConfig.named("l").server(logical),
            ServiceConfig.named("o").server(own).option("passHostHeader: false"));

    assertThat(stage.client().call(Call.get("http://orders:8080/")).text()).isEmpty();

    assertThat(a.received().get(0).authority()).isEqualTo(a.authority());
    assertThat(Mirroring.awaitCopy(logical).authority()).isEqualTo("orders:8080");
    assertThat(Mirroring.awaitCopy(own).authority()).isEqualTo(own.authority());
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void body_overTheLimit_isNotMirroredAndNotTouched(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url(), "maxBodySize: 4");
    Client client = stage.client();

    Body streamed =
        Body.oneShot(new ByteArrayInputStream("123456".getBytes(StandardCharsets.UTF_8)), -1);
    assertThat(client.call(Call.post("http://orders/1", Body.of("12345"))).text())
        .isEqualTo("12345");
    assertThat(client.call(Call.post("http://orders/2", streamed)).text()).isEqualTo("123456");
    assertThat(client.call(Call.post("http://orders/3", Body.of("1234"))).text()).isEqualTo("1234");

    assertThat(Mirroring.awaitCopy(mirror).target()).isEqualTo("/3");
    assertThat(Mirroring.orders(stage).getLong("MirrorsDropped")).isEqualTo(2);
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void bodyLeftOut_copySaysThatThereIsNone(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer mirror = stage.fleet().http("mirror");
    Mirroring.mirrorAll(stage, a.url(), mirror.url(), "mirrorBody: false");

    Call call = Call.post("http://orders/", Body.of("body")).header("Content-Type", "text/plain");
    assertThat(stage.client().call(call).text()).isEqualTo("body");

    Received copy = Mirroring.awaitCopy(mirror);
    assertThat(copy.bodyBytes()).isZero();
    assertThat(copy.headers("Content-Length")).containsExactly("0");
    assertThat(copy.headers("Content-Type")).isEmpty();
    assertThat(copy.headers("Transfer-Encoding")).isEmpty();
  }

  private static void assertSame(Received sent, Received copy) {
    assertThat(copy.method()).isEqualTo(sent.method());
    assertThat(copy.target()).isEqualTo(sent.target());
    assertThat(copy.authority()).isEqualTo(sent.authority());
    assertThat(copy.body()).isEqualTo(sent.body());
    assertThat(compared(copy)).isEqualTo(compared(sent));
  }

  private static List<String> compared(Received request) {
    return request.headers().stream()
        .map(header -> header.name().toLowerCase(Locale.ROOT) + ": " + header.value())
        .filter(line -> !NOT_COMPARED.contains(line.substring(0, line.indexOf(": "))))
        .toList();
  }
}
