package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.STICKY;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.PassiveHealthCheckSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.StatusRange;
import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.SetCookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverErrorsTest {
  private static final String D = "http://10.0.0.4:8080";
  private static final ServiceSpec MAIN = pool("main", null, null, server(A, 1));
  private static final ServiceSpec BACKUP = pool("backup", null, null, server(B, 1));

  private final Fixture fixture = new Fixture();

  private static FailoverSpec failover(
      String name, String service, String fallback, long maxBodyBytes, String... statuses) {
    List<StatusRange> ranges = List.of(statuses).stream().map(StatusRange::parse).toList();
    return new FailoverSpec(
        name, service, fallback, new FailoverErrorsSpec(ranges, maxBodyBytes), false);
  }

  private static FailoverSpec failover(
      String name, String service, String fallback, String... statuses) {
    return failover(name, service, fallback, FailoverErrorsSpec.ANY_BODY, statuses);
  }

  /** Answers a call by what its servers say, as an adapter would, and names the servers. */
  private static List<String> follow(Exchange exchange, Function<String, Integer> statuses) {
    List<String> servers = new ArrayList<>();
    boolean isUnderWay = true;
    while (isUnderWay) {
      Attempt attempt = exchange.next();
      assertThat(attempt).isNotNull();
      String url = attempt.server().url();
      servers.add(url);
      attempt.answered(statuses.apply(url));
      isUnderWay = exchange.giveUp(statuses.apply(url));
      attempt.end(Outcome.COMPLETED);
    }
    return servers;
  }

  private List<String> follow(Map<String, Integer> statuses) {
    return follow(fixture.open(), url -> statuses.getOrDefault(url, 200));
  }

  private ServiceView service(String name) {
    return fixture.balancer.services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void assertNothingInFlight() {
    assertThat(fixture.balancer.services())
        .allSatisfy(
            service -> assertThat(service.servers()).allMatch(server -> server.inFlight() == 0));
  }

  @Test
  void response_inARange_movesToTheFallback() {
    fixture.apply(failover("orders", "main", "backup", "429", "500-503"), MAIN, BACKUP);

    assertThat(follow(Map.of(A, 503))).containsExactly(A, B);
    assertThat(follow(Map.of(A, 429))).containsExactly(A, B);
    assertThat(follow(Map.of(A, 504))).containsExactly(A);
    assertThat(follow(Map.of(A, 499))).containsExactly(A);
    assertThat(follow(Map.of())).containsExactly(A);
    assertThat(service("orders").calls()).isEqualTo(5);
    assertThat(service("orders").retries()).isEqualTo(2);
    assertThat(service("orders").failures()).isZero();
    assertThat(service("main").calls()).isEqualTo(5);
    assertThat(service("backup").calls()).isEqualTo(2);
    assertNothingInFlight();
  }

  @Test
  void fallbacksError_isTheAnswer() {
    fixture.apply(failover("orders", "main", "backup", "500-599"), MAIN, BACKUP);

    assertThat(follow(Map.of(A, 503, B, 500))).containsExactly(A, B);
  }

  @Test
  void fallbackDown_firstResponseIsTheAnswer() {
    fixture.apply(
        failover("orders", "main", "backup", "503"),
        MAIN,
        pool("backup", null, CHECK, server(B, 1)));
    fixture.verdict(false, B);

    assertThat(follow(Map.of(A, 503))).containsExactly(A);
  }

  @Test
  void withoutErrors_nothingIsGivenUpAndNoBodyKept() {
    fixture.apply(
        new FailoverSpec("orders", "main", "backup", false),
        pool("main", null, CHECK, server(A, 1)),
        BACKUP);
    Exchange exchange = fixture.open();
    Attempt attempt = exchange.next();

    assertThat(exchange.maxBodyBytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(exchange.keepBody(-1)).isNull();
    assertThat(exchange.giveUp(503)).isFalse();
    attempt.end(Outcome.COMPLETED);
  }

  @Test
  void firstAttempt_isJudgedAsAnyOther() {
    fixture.apply(
        failover("orders", "main", "backup", "503"),
        pool("main", null, null, server(A, 1), server(C, 1))
            .with(new PassiveHealthCheckSpec(Duration.ofSeconds(10), 1)),
        BACKUP);

    List<String> servers = follow(Map.of(A, 503, C, 503));
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(servers).endsWith(B).hasSize(2);
    assertThat(service("main").servers())
        .filteredOn(server -> server.url().equals(servers.get(0)))
        .singleElement()
        .satisfies(server -> assertThat(server.state()).isEqualTo(State.EJECTED));
  }

  @Test
  void response_reportedAfterItWasGivenUp_isCountedForItsServer() {
    fixture.apply(
        failover("orders", "main", "backup", "503"),
        pool("main", null, null, server(A, 1), server(C, 1))
            .with(new PassiveHealthCheckSpec(Duration.ofSeconds(10), 1)),
        BACKUP);
    Exchange exchange = fixture.open();
    Attempt first = exchange.next();

    assertThat(exchange.giveUp(503)).isTrue();
    first.answered(503);
    first.end(Outcome.COMPLETED);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(service("main").servers())
        .filteredOn(server -> server.url().equals(first.server().url()))
        .singleElement()
        .satisfies(server -> assertThat(server.state()).isEqualTo(State.EJECTED));
    exchange.next().end(Outcome.COMPLETED);
  }

  @Test
  void calls_areJudgedAlone() {
    fixture.apply(failover("orders", "main", "backup", "503"), MAIN, BACKUP);

    assertThat(follow(Map.of(A, 503))).containsExactly(A, B);
    assertThat(follow(Map.of())).containsExactly(A);
  }

  @Test
  void fallbackNotReached_callMovesWithinTheFallback() {
    fixture.apply(
        new WeightedSpec(
            "orders", List.of(new ChildSpec("safe", 1), new ChildSpec("other", 0)), null, false),
        failover("safe", "main", "backup", "503"),
        pool("other", null, null, server(D, 1)),
        pool("main", null, null, server(A, 1)),
        pool("backup", null, null, server(B, 1), server(C, 1)));
    Exchange exchange = fixture.open();
    Attempt first = exchange.next();
    first.answered(503);
    assertThat(exchange.giveUp(503)).isTrue();
    first.end(Outcome.COMPLETED);

    Attempt second = exchange.next();
    second.end(Outcome.CONNECT_FAILED);
    Attempt third = exchange.next();
    third.end(Outcome.CONNECT_FAILED);

    assertThat(List.of(second.server().url(), third.server().url()))
        .containsExactlyInAnyOrder(B, C);
    assertThat(exchange.next()).isNull();
    assertThat(service("orders").failures()).isEqualTo(1);
    assertNothingInFlight();
  }

  @Test
  void attemptsOfTheFirst_areNotTakenFromTheFallback() {
    fixture.apply(
        failover("orders", "main", "backup", "503"),
        pool("main", null, null, server(A, 1), server(C, 1), server(D, 1)),
        BACKUP);
    Exchange exchange = fixture.open();
    exchange.next().end(Outcome.CONNECT_FAILED);
    exchange.next().end(Outcome.CONNECT_FAILED);
    Attempt third = exchange.next();
    third.answered(503);

    assertThat(exchange.giveUp(503)).isTrue();
    third.end(Outcome.COMPLETED);
    assertThat(exchange.next().server().url()).isEqualTo(B);
  }

  @Test
  void nested_innerFirstThenOuter() {
    fixture.apply(
        failover("orders", "inner", "last", "500-599"),
        failover("inner", "main", "backup", "503"),
        MAIN,
        BACKUP,
        pool("last", null, null, server(C, 1)));

    assertThat(follow(Map.of(A, 503))).containsExactly(A, B);
    assertThat(follow(Map.of(A, 500))).containsExactly(A, C);
    assertThat(follow(Map.of(A, 503, B, 503))).containsExactly(A, B, C);
    assertThat(follow(Map.of(A, 503, B, 500, C, 503))).containsExactly(A, B, C);
    assertNothingInFlight();
  }

  @Test
  void nestedInTheFallback_bothAreFollowed() {
    fixture.apply(
        failover("orders", "main", "second", "503"),
        failover("second", "backup", "last", "503"),
        MAIN,
        BACKUP,
        pool("last", null, null, server(C, 1)));

    assertThat(follow(Map.of(A, 503, B, 503))).containsExactly(A, B, C);
  }

  @Test
  void nested_firstLeft_isNotAskedAgainByAnotherWay() {
    fixture.apply(
        failover("orders", "inner", "again", "500-599"),
        failover("inner", "main", "backup", "503"),
        new WeightedSpec("again", List.of(new ChildSpec("inner", 1)), null, false),
        pool("main", null, null, server(A, 1), server(D, 1)),
        pool("backup", null, null, server(B, 1), server(C, 1)));

    List<String> servers = follow(Map.of(A, 503, B, 503, C, 503, D, 503));

    assertThat(servers).hasSize(3).doesNotHaveDuplicates();
    assertThat(servers.subList(1, 3)).containsExactlyInAnyOrder(B, C);
  }

  @Test
  void insideWeighted_goesToItsFallbackAndNotToASibling() {
    fixture.apply(
        new WeightedSpec(
            "orders", List.of(new ChildSpec("safe", 1), new ChildSpec("other", 1)), null, false),
        failover("safe", "main", "backup", "503"),
        pool("other", null, null, server(C, 1)),
        MAIN,
        BACKUP);

    List<List<String>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(follow(Map.of(A, 503, C, 503)));
    }

    assertThat(calls)
        .containsExactlyInAnyOrder(List.of(A, B), List.of(A, B), List.of(C), List.of(C));
  }

  @Test
  void weightedInside_givesUpWhicheverChildAnswered() {
    fixture.apply(
        failover("orders", "mix", "backup", "503"),
        new WeightedSpec(
            "mix", List.of(new ChildSpec("main", 1), new ChildSpec("other", 1)), null, false),
        MAIN,
        pool("other", null, null, server(C, 1)),
        BACKUP);

    assertThat(List.of(follow(Map.of(A, 503, C, 503)), follow(Map.of(A, 503, C, 503))))
        .containsExactlyInAnyOrder(List.of(A, B), List.of(C, B));
  }

  @Test
  void cookies_areThoseOfTheOuterServicesAndOfTheFallback() {
    StickyCookieSpec outer = new StickyCookieSpec("outer", false, false, null, 0, "/", "");
    StickyCookieSpec between = new StickyCookieSpec("between", false, false, null, 0, "/", "");
    StickyCookieSpec backup = new StickyCookieSpec("backup", false, false, null, 0, "/", "");
    fixture.apply(
        new WeightedSpec("orders", List.of(new ChildSpec("top", 1)), outer, false),
        failover("top", "mid", "backup", "500"),
        new WeightedSpec("mid", List.of(new ChildSpec("inner", 1)), between, false),
        failover("inner", "main", "last", "503"),
        pool("main", STICKY, null, server(A, 1)),
        pool("backup", backup, null, server(B, 1)),
        pool("last", null, null, server(C, 1)));
    Exchange exchange = fixture.open();

    Attempt first = exchange.next();
    assertThat(cookies(first)).containsExactly("outer", "between", "lb");
    assertThat(exchange.giveUp(503)).isTrue();
    Attempt second = exchange.next();
    assertThat(second.server().url()).isEqualTo(C);
    assertThat(cookies(second)).containsExactly("outer", "between");
    assertThat(exchange.giveUp(500)).isTrue();
    Attempt third = exchange.next();

    assertThat(third.server().url()).isEqualTo(B);
    assertThat(cookies(third)).containsExactly("outer", "backup");
    assertThat(exchange.giveUp(500)).isFalse();
  }

  private static List<String> cookies(Attempt attempt) {
    List<String> names = new ArrayList<>();
    for (SetCookie c = attempt.setCookies(); c != null; c = c.next()) {
      names.add(c.value().substring(0, c.value().indexOf('=')));
    }
    return names;
  }

  @Test
  void mirrors_outsideSeeOneCall_insideSeeTheirAttempt() {
    fixture.apply(
        new MirroringSpec("orders", "top", List.of(new MirrorSpec("whole", 50)), true, -1, false),
        failover("top", "first", "backup", "503"),
        new MirroringSpec("first", "main", List.of(new MirrorSpec("part", 100)), true, -1, false),
        MAIN,
        BACKUP,
        pool("whole", null, null, server(C, 1)),
        pool("part", null, null, server(D, 1)));

    for (int i = 0; i < 4; i++) {
      Exchange exchange = fixture.open();
      Attempt first = exchange.next();
      copy(first);
      first.answered(503);
      assertThat(exchange.giveUp(503)).isTrue();
      first.end(Outcome.COMPLETED);
      Attempt second = exchange.next();
      copy(second);
      second.answered(200);
      second.end(Outcome.COMPLETED);
      fixture.mirrors.run();
    }

    assertThat(fixture.mirrors.servers).filteredOn(D::equals).hasSize(4);
    assertThat(fixture.mirrors.servers).filteredOn(C::equals).hasSize(2);
    assertThat(fixture.mirrors.budget().copies()).isZero();
  }

  private static void copy(Attempt attempt) {
    RequestCopy copy = attempt.copy();
    if (copy != null) {
      copy.begin("GET", "orders", "/");
      copy.end();
    }
  }

  @Test
  void failureAfterSending_countsForTheServiceThatFailedOnly() {
    fixture.apply(failover("orders", "main", "backup", "502-504"), MAIN, BACKUP);
    Exchange exchange = fixture.open();
    Attempt first = exchange.next();

    assertThat(exchange.giveUp(502)).isTrue();
    first.end(Outcome.IO_FAILED);
    Attempt second = exchange.next();
    second.answered(200);
    second.end(Outcome.COMPLETED);

    assertThat(second.server().url()).isEqualTo(B);
    assertThat(service("main").failures()).isEqualTo(1);
    assertThat(service("orders").failures()).isZero();
    assertNothingInFlight();
  }

  @Test
  void maxBodyBytes_isTheLeastOnTheWay() {
    fixture.apply(
        failover("orders", "inner", "last", 10, "500"),
        failover("inner", "main", "backup", 5, "503"),
        MAIN,
        BACKUP,
        pool("last", null, null, server(C, 1)));
    Exchange exchange = fixture.open();

    exchange.next();
    assertThat(exchange.maxBodyBytes()).isEqualTo(5);
    assertThat(exchange.keepBody(6)).isNull();
    assertThat(exchange.giveUp(503)).isTrue();
    exchange.next();
    assertThat(exchange.maxBodyBytes()).isEqualTo(10);
    assertThat(exchange.giveUp(500)).isTrue();
    exchange.next();
    assertThat(exchange.maxBodyBytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(exchange.keepBody(1)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void body_upToTheLimit_isKeptWhole(int contentLength) throws Exception {
    KeptBody body = keptBody(contentLength);

    body.body(bytes("xab"), 1, 2);
    assertThat(body.isWhole()).isFalse();
    body.body(bytes("cd"), 0, 2);
    body.end();

    assertThat(body.isWhole()).isTrue();
    assertThat(body.open()).hasBinaryContent(bytes("abcd"));
    assertThat(body.open()).hasBinaryContent(bytes("abcd"));
  }

  @Test
  void body_ofKnownLength_isWholeWithItsLastByte() throws Exception {
    KeptBody body = keptBody(2);
    body.body(bytes("ab"), 0, 2);

    assertThat(body.isWhole()).isTrue();
  }

  @Test
  void body_overTheLimit_isNotKept() throws Exception {
    KeptBody body = keptBody(-1);
    body.body(bytes("abcde"), 0, 5);
    body.body(bytes("f"), 0, 1);
    body.end();

    assertThat(body.isWhole()).isFalse();
    assertThat(body.open()).isEmpty();
  }

  @Test
  void body_largerThanABlock_isKeptInOrder() throws Exception {
    fixture.apply(failover("orders", "main", "backup", "503"), MAIN, BACKUP);
    Exchange exchange = fixture.open();
    exchange.next();
    KeptBody body = exchange.keepBody(-1);
    byte[] bytes = bytes("0123456789".repeat(20_000));
    for (int i = 0; i < bytes.length; i += 1000) {
      body.body(bytes, i, 1000);
    }
    body.end();

    assertThat(body.open()).hasBinaryContent(bytes);
  }

  private KeptBody keptBody(int contentLength) {
    fixture.apply(failover("orders", "main", "backup", 4, "503"), MAIN, BACKUP);
    Exchange exchange = fixture.open();
    exchange.next();
    KeptBody body = exchange.keepBody(contentLength);
    assertThat(body).isNotNull();
    return body;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void reload_errorsAdded_areInForce() {
    ServiceSpec main = pool("main", null, CHECK, server(A, 1));
    fixture.apply(new FailoverSpec("orders", "main", "backup", false), main, BACKUP);
    fixture.verdict(true, A);
    assertThat(follow(Map.of(A, 503))).containsExactly(A);

    fixture.apply(failover("orders", "main", "backup", "503"), main, BACKUP);

    assertThat(follow(Map.of(A, 503))).containsExactly(A, B);
  }

  @Test
  void explain_saysWhichResponses() {
    fixture.apply(failover("orders", "main", "backup", "429", "500-503"), MAIN, BACKUP);

    assertThat(fixture.balancer.explain("GET", "http://orders/"))
        .contains("stands in while it is down, or answers 429, 500-503:");
  }
}
