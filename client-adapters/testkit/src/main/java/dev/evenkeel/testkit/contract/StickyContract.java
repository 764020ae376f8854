package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sessions by cookie, as Traefik makes them (option {@code sticky.cookie}). Not thread-safe; one
 * per test.
 */
interface StickyContract extends Contract {
  @Test
  @Requires(Capability.COOKIES)
  default void session_staysOnItsServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    sticky(stage, "{ name: lb }", a, b);
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());

    String first = session.call(Call.get("http://orders/")).servedBy();

    assertThat(Stage.servedBy(session, "http://orders/", 10)).containsOnly(first);
  }

  @Test
  @Requires(Capability.COOKIES)
  default void sessions_areSpread(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    sticky(stage, "{ name: lb }", a, b);
    Client one = stage.client(ClientOptions.PLAIN.withCookieStore());
    Client two = stage.client(ClientOptions.PLAIN.withCookieStore());

    String ofOne = one.call(Call.get("http://orders/")).servedBy();
    String ofTwo = two.call(Call.get("http://orders/")).servedBy();

    assertThat(List.of(ofOne, ofTwo)).containsExactlyInAnyOrder("a", "b");
    for (int i = 0; i < 5; i++) {
      assertThat(one.call(Call.get("http://orders/")).servedBy()).isEqualTo(ofOne);
      assertThat(two.call(Call.get("http://orders/")).servedBy()).isEqualTo(ofTwo);
    }
  }

  @Test
  @Requires(Capability.COOKIES)
  default void cookie_namesTheServerAndHasTheConfiguredAttributes(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    sticky(
        stage,
        "{ name: lb, path: /shop, httpOnly: true, secure: true, sameSite: lax, maxAge: 3600 }",
        a);
    // The JDK's client hides an HttpOnly cookie that its cookie store took.
    Client session = stage.client();

    try (Reply reply = session.call(Call.get("http://orders/"))) {
      assertThat(reply.headers("set-cookie"))
          .containsExactly(
              "lb=" + valueOf(a) + "; Path=/shop; Max-Age=3600; HttpOnly; Secure; SameSite=Lax");
    }
  }

  @Test
  @Requires(Capability.COOKIES)
  default void cookie_withoutOptions_hasTraefiksNameAndPath(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    stage
        .balance()
        .apply(ServiceConfig.named("my-service").server(a).option("sticky: { cookie: {} }"));
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());

    try (Reply reply = session.call(Call.get("http://my-service/"))) {
      // What Traefik gives for my-service@file.
      assertThat(reply.headers("set-cookie")).containsExactly("_4fcce=" + valueOf(a) + "; Path=/");
    }
  }

  @Test
  @Requires(Capability.COOKIES)
  default void cookie_once_isSentToTheServerAndNotSetAgain(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    sticky(stage, "{ name: lb }", a);
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());

    try (Reply first = session.call(Call.get("http://orders/1"));
        Reply second = session.call(Call.get("http://orders/2"))) {
      assertThat(first.headers("set-cookie")).hasSize(1);
      assertThat(second.headers("set-cookie")).isEmpty();
    }
    assertThat(a.received("/1").get(0).headers("Cookie")).isEmpty();
    assertThat(a.received("/2").get(0).headers("Cookie")).containsExactly("lb=" + valueOf(a));
  }

  @Test
  @Requires(Capability.COOKIES)
  default void cookies_ofTheServerItself_stay(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.header("Set-Cookie", "user=ann; Path=/"));
    sticky(stage, "{ name: lb }", a);
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());

    try (Reply reply = session.call(Call.get("http://orders/"))) {
      assertThat(reply.headers("set-cookie"))
          .containsExactlyInAnyOrder("user=ann; Path=/", "lb=" + valueOf(a) + "; Path=/");
    }
  }

  @Test
  default void cookie_thatTheApplicationSends_namesTheServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    sticky(stage, "{ name: lb }", a, b);
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Call call = Call.get("http://orders/").header("Cookie", "x=y; lb=" + valueOf(b));
      try (Reply reply = client.call(call)) {
        assertThat(reply.server()).isEqualTo("b");
        assertThat(reply.headers("set-cookie")).isEmpty();
      }
    }
  }

  @Test
  default void cookie_withTheUrlItself_isAcceptedAndRewritten(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    sticky(stage, "{ name: lb }", a, b);
    Client client = stage.client();

    for (int i = 0; i < 4; i++) {
      Call call = Call.get("http://orders/").header("Cookie", "lb=" + b.url());
      try (Reply reply = client.call(call)) {
        assertThat(reply.server()).isEqualTo("b");
        assertThat(reply.headers("set-cookie")).containsExactly("lb=" + valueOf(b) + "; Path=/");
      }
    }
  }

  @Test
  @Requires(Capability.COOKIES)
  default void session_ofADeadServer_movesAndStays(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    a.answers(Script.closing());
    b.answers(Script.closing());
    sticky(stage, "{ name: lb }", a, b);
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());
    String first = session.call(Call.get("http://orders/")).servedBy();
    TestServer dead = first.equals("a") ? a : b;
    TestServer alive = first.equals("a") ? b : a;

    dead.kill();

    try (Reply moved = session.call(Call.get("http://orders/"))) {
      assertThat(moved.server()).isEqualTo(alive.name());
      assertThat(moved.headers("set-cookie")).containsExactly("lb=" + valueOf(alive) + "; Path=/");
    }
    try (Reply stays = session.call(Call.get("http://orders/last"))) {
      assertThat(stays.server()).isEqualTo(alive.name());
      assertThat(stays.headers("set-cookie")).isEmpty();
    }
    assertThat(alive.received("/last").get(0).headers("Cookie"))
        .containsExactly("lb=" + valueOf(alive));
  }

  @Test
  @Requires(Capability.COOKIES)
  default void fencedServer_keepsItsSessionsAndGetsNoNewOne(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    sticky(stage, "{ name: lb }", a, b);
    Client session = stage.client(ClientOptions.PLAIN.withCookieStore());
    String first = session.call(Call.get("http://orders/")).servedBy();
    TestServer fenced = first.equals("a") ? a : b;

    stage.bean(fenced).fence();

    assertThat(stage.bean(fenced).state()).isEqualTo("FENCED");
    assertThat(Stage.servedBy(session, "http://orders/", 4)).containsOnly(fenced.name());
    for (int i = 0; i < 4; i++) {
      Client other = stage.client(ClientOptions.PLAIN.withCookieStore());
      assertThat(other.call(Call.get("http://orders/")).servedBy()).isNotEqualTo(fenced.name());
    }
  }

  private static void sticky(Stage stage, String cookie, TestServer... servers) {
    ServiceConfig service =
        ServiceConfig.named(Stage.SERVICE).option("sticky: { cookie: " + cookie + " }");
    for (TestServer server : servers) {
      service = service.server(server);
    }
    stage.balance().apply(service);
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the server's URL. */
  private static String valueOf(TestServer server) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(server.url().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
