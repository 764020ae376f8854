package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Sessions beyond one cookie: on two levels, remembered by this process, and on a server that says
 * it is busy. Not thread-safe; one per test.
 */
interface RememberedSessionContract extends Contract {
  @Test
  @Requires(Capability.COOKIES)
  default void session_onTwoLevels_takesACookieOfEach(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage
        .balance()
        .reload(
            """
            http:
              services:
                orders:
                  weighted:
                    sticky: { cookie: { name: outer } }
                    services: [ { name: v1 }, { name: v2 } ]
                v1: { loadBalancer: { sticky: { cookie: { name: inner } }, servers: [ { url: "%s" } ] } }
                v2: { loadBalancer: { sticky: { cookie: { name: inner } }, servers: [ { url: "%s" } ] } }
            """
                .formatted(a.url(), b.url()));
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());

    String first = session.call(Call.get("http://orders/")).servedBy();

    assertThat(Stage.servedBy(session, "http://orders/", 6)).containsOnly(first);
    TestServer its = first.equals("a") ? a : b;
    assertThat(its.received().get(1).header("cookie")).contains("outer=", "inner=");
  }

  @Test
  default void session_byAHeader_staysOnItsServer(Stage stage) throws IOException {
    balance(stage, "{ key: 'header:X-Session-Id' }", "");
    Client client = stage.client();
    Set<String> servers = new TreeSet<>();
    for (int session = 0; session < 4; session++) {
      Call call = Call.get("http://orders/").header("X-Session-Id", "s" + session);
      String first = client.call(call).servedBy();
      for (int i = 0; i < 4; i++) {
        assertThat(client.call(call).servedBy()).isEqualTo(first);
      }
      servers.add(first);
    }

    assertThat(servers).containsExactly("a", "b");
    assertThat(stage.service().getLong("ActiveSessions")).isEqualTo(4);
  }

  @Test
  default void session_ofTheApplicationsOwn_staysWithItsIssuer(Stage stage) throws IOException {
    TestServer[] servers = balance(stage, "{ learn: 'cookie:JSESSIONID' }", "");
    for (TestServer server : servers) {
      server.answers(Script.header("Set-Cookie", "JSESSIONID=of-" + server.name() + "; Path=/"));
    }
    Client client = stage.client();
    String issuer = client.call(Call.get("http://orders/")).servedBy();

    Call call = Call.get("http://orders/").header("Cookie", "JSESSIONID=of-" + issuer);
    for (int i = 0; i < 6; i++) {
      assertThat(client.call(call).servedBy()).isEqualTo(issuer);
    }
  }

  /** Not by 429: some clients wait for as long as the answer says and then try again. */
  @Test
  default void server_thatIsBusy_keepsItsSessionsAndTakesNoNewOnes(Stage stage) throws IOException {
    TestServer[] servers =
        balance(stage, "{ key: 'header:X-Session-Id' }", "saturation: { status: [ 430 ] }");
    Client client = stage.client();
    Call session = Call.get("http://orders/").header("X-Session-Id", "s");
    String its = client.call(session).servedBy();
    TestServer busy = its.equals("a") ? servers[0] : servers[1];
    busy.answers(Script.busy(430, "3600"));
    try (Reply reply = client.call(session)) {
      assertThat(reply.status()).isEqualTo(430);
    }
    busy.answers(Script.echo());
    // The call told the control thread, which takes the server out.
    Await.until("the server is busy", () -> stage.bean(busy).getText("Reason").contains("busy"));

    assertThat(client.call(session).servedBy()).isEqualTo(its);
    assertThat(Stage.servedBy(client, "http://orders/", 6)).doesNotContain(its);
  }

  private static TestServer[] balance(Stage stage, String sticky, String more) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage
        .balance()
        .reload(
            """
            http: { services: { orders: { loadBalancer: { servers: [ { url: "%s" }, { url: "%s" } ] } } } }
            evenkeel:
              services:
                orders:
                  sticky: %s
                  %s
            """
                .formatted(a.url(), b.url(), sticky, more));
    return new TestServer[] {a, b};
  }
}
