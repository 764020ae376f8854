package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.SessionSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import dev.evenkeel.spi.ResponseReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RememberedSessionTest {
  /** A request is the value of its header {@code X-Session}, and of its cookie {@code id}. */
  private static final RequestReader<String> READER =
      new RequestReader<>() {
        @Override
        public String method(String request) {
          return "GET";
        }

        @Override
        public String target(String request) {
          return "/first/" + request + "?id=" + request;
        }

        @Override
        public String header(String request, String name) {
          return name.equals("X-Session") && !request.isEmpty() ? request : null;
        }

        @Override
        public String cookies(String request) {
          return request.isEmpty() ? null : "a=b; id=" + request;
        }
      };

  /** A response is its Set-Cookie headers. */
  private static final ResponseReader<List<String>> RESPONSES =
      (response, name, index) ->
          name.equals("Set-Cookie") && index < response.size() ? response.get(index) : null;

  private final Fixture fixture = new Fixture();

  private void apply(String key, boolean isLearned, Duration timeToLive, ServerSpec... servers) {
    SessionSpec sessions = new SessionSpec(KeySpec.parse(key), isLearned, timeToLive, 1_000);
    LoadBalancerSpec orders = LoadBalancerSpec.of("orders", List.of(servers), null, null, true);
    fixture.balancer.apply(new BalancerSpec(List.of(orders.with(ExtrasSpec.NONE.with(sessions)))));
  }

  private Exchange open(String session) {
    return fixture.balancer.open("orders", session, READER);
  }

  private String call(String session, String... setCookies) {
    Attempt attempt = open(session).next();
    attempt.answered(200, List.of(setCookies), RESPONSES);
    attempt.end(Outcome.COMPLETED);
    return attempt.server().url();
  }

  @Test
  void key_inAnyPlace_keepsASessionOnItsServer() {
    for (String key : List.of("header:X-Session", "cookie:id", "query:id", "path:2")) {
      apply(key, false, Duration.ofMinutes(30), server(A, 1), server(B, 1), server(C, 1));
      String first = call(key + 1);
      String second = call(key + 2);

      for (int i = 0; i < 10; i++) {
        assertThat(call(key + 1)).as(key).isEqualTo(first);
        assertThat(call(key + 2)).as(key).isEqualTo(second);
      }
    }
  }

  @Test
  void key_threadOrJvm_isOneSession() {
    for (String key : List.of("thread", "jvm")) {
      apply(key, false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
      Set<String> servers = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        servers.add(call(""));
      }

      assertThat(servers).as(key).hasSize(1);
    }
  }

  @Test
  void session_inAnExchangeOfTheConfigurationBefore_staysOnItsServer() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    String its = call("1");
    Exchange before = open("1");

    apply(
        "header:X-Session",
        false,
        Duration.ofMinutes(30),
        server(C, 1),
        server(A, 1),
        server(B, 1));

    assertThat(before.next().server().url()).isEqualTo(its);
    assertThat(call("1")).isEqualTo(its);
  }

  @Test
  void call_withoutTheKey_takesTurns() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));

    assertThat(call("")).isNotEqualTo(call(""));
    assertThat(fixture.service().sessionCount()).isZero();
  }

  @Test
  void session_serverFenced_staysAndNewOnesGoElsewhere() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    String its = call("s");
    fixture.balancer.fence("orders", its);

    assertThat(call("s")).isEqualTo(its);
    assertThat(call("t")).isNotEqualTo(its);
    assertThat(call("u")).isNotEqualTo(its);
  }

  @Test
  void session_serverDrained_movesAtTheDeadlineAndStaysThere() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    String its = call("s");
    fixture.balancer.drain("orders", its, Duration.ofMinutes(1));
    assertThat(call("s")).isEqualTo(its);
    assertThat(call("t")).isNotEqualTo(its);

    fixture.loop.advance(Duration.ofMinutes(1));
    assertThat(call("s")).isNotEqualTo(its);
    fixture.balancer.unfence("orders", its);

    assertThat(call("s")).isNotEqualTo(its);
  }

  @Test
  void session_serverNotReached_movesAndStaysThere() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    String its = call("s");
    Exchange exchange = open("s");
    exchange.next().end(Outcome.CONNECT_FAILED);
    Attempt moved = exchange.next();
    moved.answered(200);
    moved.end(Outcome.COMPLETED);

    assertThat(moved.server().url()).isNotEqualTo(its);
    assertThat(call("s")).isEqualTo(moved.server().url());
  }

  @Test
  void reload_otherServersAndLimits_keepsTheSessions() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    String its = call("s");

    apply("header:X-Session", false, Duration.ofMinutes(5), server(C, 9), server(its, 1));

    assertThat(call("s")).isEqualTo(its);
    assertThat(fixture.service().sessionCount()).isEqualTo(1);
  }

  @Test
  void reload_serverGone_sessionMoves() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1));
    call("s");

    apply("header:X-Session", false, Duration.ofMinutes(30), server(B, 1));
    assertThat(call("s")).isEqualTo(B);

    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 9), server(B, 1));
    assertThat(call("s")).isEqualTo(B);
  }

  @Test
  void session_ofWhichNothingIsHeard_isForgotten() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    call("s");
    fixture.loop.advance(Duration.ofMinutes(20));
    call("s");
    fixture.loop.advance(Duration.ofMinutes(20));
    assertThat(fixture.service().sessionCount()).isEqualTo(1);

    fixture.loop.advance(Duration.ofMinutes(32));
    assertThat(fixture.service().sessionCount()).isZero();
  }

  @Test
  void clearSessions_forgetsAll() {
    apply("header:X-Session", false, Duration.ofMinutes(30), server(A, 1), server(B, 1));
    call("s");
    call("t");
    assertThat(fixture.service().sessionCount()).isEqualTo(2);

    fixture.balancer.clearSessions("orders");

    assertThat(fixture.service().sessionCount()).isZero();
  }

  @Test
  void learned_theServerThatIssuedTheSession_keepsIt() {
    apply("cookie:id", true, Duration.ofMinutes(30), server(A, 1), server(B, 1), server(C, 1));
    String issuer = call("", "other=1", "id=fresh; Path=/; HttpOnly", "idx=2");

    for (int i = 0; i < 10; i++) {
      assertThat(call("fresh")).isEqualTo(issuer);
    }
  }

  @Test
  void learned_cookieTakenAway_bindsNothing() {
    apply("cookie:id", true, Duration.ofMinutes(30), server(A, 1), server(B, 1));

    call("", "id=; Max-Age=0");

    assertThat(fixture.service().sessionCount()).isZero();
  }

  @Test
  void learned_responseWithoutIt_bindsNothing() {
    apply("header:X-Session", true, Duration.ofMinutes(30), server(A, 1), server(B, 1));

    call("", "X-Session=1");

    assertThat(fixture.service().sessionCount()).isZero();
  }
}
