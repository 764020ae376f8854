package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A server's path stands before that of the call, over the wire and nowhere else. What the library
 * makes of a path by itself is measured by its direct call. Not thread-safe; one per test.
 */
interface PreservePathContract extends Contract {
  /** What an application may write after the host. */
  List<String> TARGETS =
      List.of(
          "",
          "/",
          "?only=query",
          "/?",
          "/plain/",
          "/a%20b/%C3%A4/%2F%2f",
          "/semi;v=1/+plus+/~tilde",
          "/q?a=b+c&d=%2B;e=%20&next=http://other/path",
          "/a//b/./c");

  @Test
  default void path_ofOneServerOfTwo_standsBeforeItsCallsOnly(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    String path = "/base/a%2Fb;v=1+2";
    ServiceConfig orders = ServiceConfig.named(Stage.SERVICE).preserving(a.url() + path + "/");
    stage.balance().apply(orders.server(b.url() + "/dropped"));
    Client client = stage.client();

    for (String target : TARGETS) {
      String unused = client.call(Call.get(b.url() + target)).text();
      String direct = last(b).target();
      for (int i = 0; i < 2; i++) {
        try (Reply reply = client.call(Call.get("http://orders:8080" + target))) {
          assertThat(reply.url()).startsWith("http://orders:8080").doesNotContain("base");
          // An asynchronous client cancels what is closed unread, and may repeat the next call.
          unused = reply.text();
        }
      }

      assertThat(last(a).requestLine()).isEqualTo("GET " + path + direct + " HTTP/1.1");
      assertThat(last(a).authority()).isEqualTo("orders:8080");
      assertThat(last(b).requestLine()).isEqualTo("GET " + direct + " HTTP/1.1");
    }
    assertThat(a.received()).hasSize(TARGETS.size());
  }

  @Test
  default void path_ofAServerThatRefuses_staysBehind(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    ServiceConfig orders =
        ServiceConfig.named(Stage.SERVICE)
            .preserving(stage.fleet().refusedUrl() + "/dead")
            .option("passHostHeader: false");
    Client client = stage.client();

    stage.balance().apply(orders.preserving(a.url() + "/alive"));
    for (int i = 0; i < 2; i++) {
      Call call = Call.post("http://orders/x?y", Body.of("body"));
      assertThat(client.call(call).text()).isEqualTo("body");
    }
    stage.balance().apply(orders.server(b.url() + "/dropped"));
    for (int i = 0; i < 2; i++) {
      assertThat(client.call(Call.get("http://orders/x?y")).servedBy()).isEqualTo("b");
    }

    assertThat(a.received()).extracting(Received::target).containsOnly("/alive/x?y");
    assertThat(a.received()).extracting(Received::authority).containsOnly(a.authority());
    assertThat(b.received()).extracting(Received::target).containsOnly("/x?y");
  }

  @Test
  @Requires(Capability.FAILOVER_ERRORS)
  default void path_ofAServerThatIsGivenUp_staysBehind(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    TestServer c = stage.fleet().http("c");
    a.answers(Script.status(503));
    b.answers(Script.status(503));
    stage
        .balance()
        .applyTree(
            "orders: { failover: { service: inner, fallback: third, errors: { status: [ 503 ] } } }"
                + "\n    inner: { failover: { service: first, fallback: second, errors: { status:"
                + " [ 503 ] } } }",
            ServiceConfig.named("first").preserving(a.url() + "/first"),
            ServiceConfig.named("second").server(b.url() + "/dropped"),
            ServiceConfig.named("third").preserving(c.url() + "/third/"));

    try (Reply reply = stage.client().call(Call.post("http://orders/x?y", Body.of("body")))) {
      assertThat(reply.text()).isEqualTo("body");
      assertThat(reply.url()).isEqualTo("http://orders/x?y");
    }

    assertThat(List.of(last(a).target(), last(b).target(), last(c).target()))
        .containsExactly("/first/x?y", "/x?y", "/third/x?y");
  }

  @Test
  @Requires(Capability.MIRRORS)
  default void path_ofTheServer_isNotTheMirrors(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer without = stage.fleet().http("without");
    TestServer with = stage.fleet().http("with");
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: w, percent: 100 },"
                + " { name: o, percent: 100 } ] } }",
            ServiceConfig.named("main").preserving(a.url() + "/main"),
            ServiceConfig.named("w").preserving(with.url() + "/w/"),
            ServiceConfig.named("o").server(without.url() + "/dropped"));

    Call call = Call.post("http://orders/a%2Fb?c=%20", Body.of("body"));
    assertThat(stage.client().call(call).text()).isEqualTo("body");

    assertThat(last(a).target()).isEqualTo("/main/a%2Fb?c=%20");
    assertThat(Mirroring.awaitCopy(with).target()).isEqualTo("/w/a%2Fb?c=%20");
    assertThat(Mirroring.awaitCopy(without).target()).isEqualTo("/a%2Fb?c=%20");
  }

  @Test
  @Requires(Capability.HTTP_2)
  default void path_overHttp2_isTheServers(Stage stage) throws IOException {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    ServiceConfig orders = ServiceConfig.named(Stage.SERVICE).preserving(a.url() + "/base%2F/");
    stage.balance().apply(orders.server(b.url() + "/dropped"));
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));

    for (int i = 0; i < 4; i++) {
      Call call = Call.post("https://orders/x%2F?y=%20", Body.of("body"));
      try (Reply reply = client.call(call)) {
        assertThat(reply.text()).isEqualTo("body");
        assertThat(reply.url()).isEqualTo("https://orders/x%2F?y=%20");
      }
    }

    assertThat(a.received()).extracting(Received::target).containsOnly("/base%2F/x%2F?y=%20");
    assertThat(a.received()).extracting(each -> each.header(":authority")).containsOnly("orders");
    assertThat(b.received()).extracting(Received::target).containsOnly("/x%2F?y=%20");
    assertThat(List.of(a.received().size(), b.received().size())).containsExactly(2, 2);
  }

  @Test
  @Requires({Capability.REDIRECTS, Capability.COOKIES})
  default void path_ofTheServer_isInNeitherRedirectsNorCookies(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(
        Script.byTarget(
            Map.of(
                "/base/dir/login",
                request ->
                    Script.redirect(302, "next").answer(request).addHeader("Set-Cookie", "s=1"),
                "/base/dir/next",
                Script.redirect(302, a.url() + "/direct")),
            Script.text("arrived")));
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).preserving(a.url() + "/base"));
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects().withCookieStore());

    try (Reply reply = client.call(Call.get("http://orders/dir/login"))) {
      assertThat(reply.text()).isEqualTo("arrived");
      assertThat(reply.url()).isEqualTo(a.url() + "/direct");
    }

    assertThat(a.received())
        .extracting(Received::target)
        .containsExactly("/base/dir/login", "/base/dir/next", "/direct");
    assertThat(a.received().get(1).headers("Cookie")).containsExactly("s=1");
  }

  @Test
  default void path_ofAServiceThatIsNamedAsItsServer_standsThereOnce(Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balance().apply(ServiceConfig.named("127.0.0.1").preserving(a.url() + "/base"));

    assertThat(stage.client().call(Call.get(a.url() + "/x")).servedBy()).isEqualTo("a");

    assertThat(a.received()).extracting(Received::target).containsExactly("/base/x");
  }

  @Test
  @Requires(Capability.WEB_SOCKET)
  default void path_ofAWebSocket_isTheServers(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.webSocketEcho());
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).preserving(a.url() + "/base/"));

    assertThat(stage.client().webSocketEcho("http://orders/socket?x", "hello")).isEqualTo("hello");

    assertThat(last(a).target()).isEqualTo("/base/socket?x");
  }

  private static Received last(TestServer server) {
    List<Received> received = server.received();
    return received.get(received.size() - 1);
  }
}
