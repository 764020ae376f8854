package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client keeps from call to call stays logical. Not thread-safe; one per test. */
interface StateContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"http://orders/next", "/next"})
  @Requires(Capability.REDIRECTS)
  default void redirect_toTheLogicalHost_isBalancedAgain(String location, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script script =
        Script.byTarget(Map.of("/", Script.redirect(302, location)), Script.text("arrived"));
    a.answers(script);
    b.answers(script);
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    try (Reply reply = client.call(Call.get("http://orders/"))) {
      assertThat(reply.url()).isEqualTo("http://orders/next");
      assertThat(reply.text()).isEqualTo("arrived");
    }
    // Two exchanges, so two turns: each server has one.
    assertThat(List.of(a.received().size(), b.received().size())).containsExactly(1, 1);
    assertThat(all(a, b)).allMatch(request -> "orders".equals(request.authority()));
  }

  @Test
  @Requires(Capability.REDIRECTS)
  default void redirect_toAnotherHost_goesDirect(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer other = stage.fleet().http("other");
    a.answers(Script.redirect(302, other.url() + "/there?x=y"));
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    try (Reply reply = client.call(Call.get("http://orders/"))) {
      assertThat(reply.server()).isEqualTo("other");
      assertThat(reply.url()).isEqualTo(other.url() + "/there?x=y");
    }
    assertThat(other.received().get(0).authority()).isEqualTo(other.authority());
    assertThat(stage.bean(a).calls()).isEqualTo(1);
  }

  @Test
  @Requires(Capability.REDIRECTS)
  default void redirect_fromAnotherHost_isBalanced(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer other = stage.fleet().http("other");
    other.answers(Script.redirect(301, "http://orders:8080/here"));
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    try (Reply reply = client.call(Call.get(other.url() + "/"))) {
      assertThat(reply.server()).isEqualTo("a");
      assertThat(reply.url()).isEqualTo("http://orders:8080/here");
    }
    assertThat(a.received().get(0).authority()).isEqualTo("orders:8080");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Requires(Capability.REDIRECTS)
  default void redirect_ofAPost_isAsDirect(int status, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    Script script =
        Script.byTarget(Map.of("/start", Script.redirect(status, "/next")), Script.echo());
    a.answers(script);
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    String direct = client.call(Call.post(a.url() + "/start", Body.of("body"))).text();
    List<String> directLines = requestLines(a);
    a.forget();
    String balanced = client.call(Call.post("http://orders/start", Body.of("body"))).text();

    assertThat(balanced).isEqualTo(direct);
    assertThat(requestLines(a)).isEqualTo(directLines);
  }

  @Test
  @Requires(Capability.REDIRECTS)
  default void redirectLoop_endsAsDirect(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.redirect(302, "/"));
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.followingRedirects());

    String direct = ending(client, a.url() + "/");
    List<String> directLines = requestLines(a);
    a.forget();
    String balanced = ending(client, "http://orders/");

    assertThat(balanced).isEqualTo(direct);
    assertThat(requestLines(a)).isEqualTo(directLines);
    assertThat(stage.bean(a).calls()).isEqualTo(directLines.size());
  }

  /** Some clients throw, others give the last redirect to the application. */
  private static String ending(Client client, String url) {
    try (Reply reply = client.call(Call.get(url))) {
      return Integer.toString(reply.status());
    } catch (IOException | RuntimeException ended) {
      return ended.getClass().getName();
    }
  }

  @Test
  @Requires(Capability.REDIRECTS)
  default void redirect_notFollowed_isTheApplications(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.redirect(302, "http://orders/next"));
    stage.balanceOver(a);

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(reply.status()).isEqualTo(302);
      assertThat(reply.headers("location")).containsExactly("http://orders/next");
    }
    assertThat(a.received()).hasSize(1);
  }

  @Test
  @Requires(Capability.COOKIES)
  default void cookie_ofTheLogicalHost_isSentToEveryServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    Script script =
        Script.byTarget(
            Map.of("/login", Script.header("Set-Cookie", "user=ann; Path=/")), Script.echo());
    a.answers(script);
    b.answers(script);
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.withCookieStore());

    String login = client.call(Call.get("http://orders/login")).servedBy();
    List<String> servers = Stage.servedBy(client, "http://orders/account", 4);

    assertThat(login).isIn("a", "b");
    assertThat(servers).contains("a", "b");
    assertThat(Stream.of(a, b).flatMap(server -> server.received("/account").stream()))
        .hasSize(4)
        .allMatch(request -> "user=ann".equals(request.header("Cookie")));
  }

  @Test
  @Requires(Capability.COOKIES)
  default void cookie_ofTheLogicalHost_isNotTheServers(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.header("Set-Cookie", "user=ann; Path=/"));
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.withCookieStore());

    String balanced = client.call(Call.get("http://orders/")).servedBy();
    String direct = client.call(Call.get(a.url() + "/direct")).servedBy();

    assertThat(List.of(balanced, direct)).containsOnly("a");
    assertThat(a.received("/direct").get(0).headers("Cookie")).isEmpty();
  }

  @Test
  @Requires(Capability.COOKIES)
  default void secureCookie_followsTheLogicalScheme(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.header("Set-Cookie", "user=ann; Path=/; Secure"));
    stage.balanceOver(a);
    Client client = stage.client(ClientOptions.PLAIN.withCookieStore());

    for (String path : List.of("https://orders/1", "https://orders/2", "http://orders/3")) {
      assertThat(client.call(Call.get(path)).servedBy()).isEqualTo("a");
    }

    assertThat(a.received("/1").get(0).headers("Cookie")).isEmpty();
    assertThat(a.received("/2").get(0).headers("Cookie")).containsExactly("user=ann");
    assertThat(a.received("/3").get(0).headers("Cookie")).isEmpty();
  }

  private static List<String> requestLines(TestServer server) {
    return server.received().stream().map(r -> r.requestLine() + " " + r.body()).toList();
  }

  private static List<Received> all(TestServer... servers) {
    return Stream.of(servers).flatMap(server -> server.received().stream()).toList();
  }
}
