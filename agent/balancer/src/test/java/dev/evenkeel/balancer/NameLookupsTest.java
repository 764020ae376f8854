package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.CHECK;
import static dev.evenkeel.balancer.Fixture.pool;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameLookupsTest {
  private static final String NAME = "http://stock_1.test:8080";
  private static final String ONE = "http://10.0.0.1:8080";
  private static final String TWO = "http://10.0.0.2:8080";
  private static final String HOST = "stock_1.test";
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final ExtrasSpec LOOKED_UP = ExtrasSpec.NONE.withLookUps(INTERVAL);

  private final Fixture fixture = new Fixture();

  private static LoadBalancerSpec orders(ServerSpec... servers) {
    return pool("orders", null, null, servers).with(LOOKED_UP);
  }

  private void answer(String... addresses) {
    fixture.resolver.answer(HOST, addresses);
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);
  }

  private void fail(String reason) {
    fixture.resolver.fail(HOST, reason);
    fixture.loop.run();
  }

  private List<String> urls() {
    return fixture.service().servers().stream().map(ServerView::url).toList();
  }

  @Test
  void option_off_looksNothingUp() {
    fixture.apply(pool("orders", null, null, server(NAME, 1)));

    assertThat(fixture.resolver.asked).isEmpty();
    assertThat(urls()).containsExactly(NAME);
  }

  @Test
  void firstAnswer_isWaitedForByNobody() {
    fixture.apply(orders(server(NAME, 1)));
    assertThat(fixture.call()).isEqualTo(NAME);

    answer("10.0.0.2", "10.0.0.1", "10.0.0.2");

    assertThat(urls()).containsExactly(ONE, TWO);
    assertThat(fixture.tally(4)).isEqualTo(Map.of(ONE, 2, TWO, 2));
    assertThat(fixture.listener.names).containsExactly(HOST + " has [10.0.0.1, 10.0.0.2]");
  }

  @Test
  void addresses_eachHaveTheEntrysWeight() {
    fixture.apply(orders(server(NAME, 3), server("http://10.9.9.9", 2)));

    answer("10.0.0.1", "10.0.0.2");

    assertThat(fixture.tally(8)).isEqualTo(Map.of(ONE, 3, TWO, 3, "http://10.9.9.9", 2));
    assertThat(fixture.resolver.asked).containsExactly(HOST);
  }

  @Test
  void address_thatIsListedToo_isOneServerWithBothWeights() {
    fixture.apply(orders(server(NAME, 3), server(ONE, 2)));

    answer("10.0.0.1");

    assertThat(urls()).containsExactly(ONE);
    assertThat(fixture.view(ONE).weight()).isEqualTo(5);
  }

  @Test
  void weights_thatAddUpToTooMuch_areBounded() {
    int most = ServerSpec.MAX_TOTAL_WEIGHT;
    fixture.apply(orders(server(NAME, most), server(ONE, most)));

    answer("10.0.0.1");

    assertThat(fixture.view(ONE).weight()).isEqualTo(most);
  }

  @Test
  void server_ofAnAddress_isConnectedToByItAndCalledByTheName() {
    fixture.apply(orders(server(NAME, 1)));

    answer("2001:db8:0:0:0:0:0:1");

    Server server = fixture.open().next().server();
    assertThat(server.url()).isEqualTo("http://[2001:db8:0:0:0:0:0:1]:8080");
    assertThat(server.host()).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(server.port()).isEqualTo(8080);
    assertThat(server.authority()).isEqualTo(HOST + ":8080");
  }

  @Test
  void server_ofAnHttpsNamesAddress_isSpokenToAsTheName() {
    UnusedTls ofTheName = new UnusedTls("t1");
    fixture.apply(orders(server("https://stock.test:8443", 1).with(ofTheName)));
    fixture.resolver.answer("stock.test", "10.0.0.1");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    Server server = fixture.openSpeakingServersTls().next().server();

    assertThat(server.url()).isEqualTo("https://10.0.0.1:8443");
    assertThat(server.host()).isEqualTo("10.0.0.1");
    assertThat(server.authority()).isEqualTo("stock.test:8443");
    assertThat(server.tls()).isSameAs(ofTheName);
    assertThat(fixture.open().next()).as("for a client that would verify the address").isNull();
  }

  @Test
  void httpsNames_withOneAddress_areServersOfTheirOwn() {
    UnusedTls ofStock = new UnusedTls("t1");
    UnusedTls ofShop = new UnusedTls("t2");
    fixture.apply(
        orders(
            server("https://stock.test", 1).with(ofStock),
            server("https://shop.test", 1).with(ofShop)));
    fixture.resolver.answer("stock.test", "10.0.0.1");
    fixture.resolver.answer("shop.test", "10.0.0.1");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(urls()).containsExactly("https://10.0.0.1#stock.test", "https://10.0.0.1#shop.test");
    Server first = fixture.openSpeakingServersTls().next().server();
    Server second = fixture.openSpeakingServersTls().next().server();
    assertThat(List.of(first, second))
        .extracting(Server::host, Server::authority, Server::tls)
        .containsExactlyInAnyOrder(
            tuple("10.0.0.1", "stock.test", ofStock), tuple("10.0.0.1", "shop.test", ofShop));
  }

  @Test
  void httpsServer_thatIsAnAddress_isNotCalledByItsName() {
    fixture.apply(
        orders(
            server("https://stock.test/#old", 1).with(new UnusedTls("t1")),
            server("https://10.0.0.1", 1).with(new UnusedTls("t2"))));
    fixture.resolver.answer("stock.test", "10.0.0.1");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(urls()).containsExactly("https://10.0.0.1/#stock.test", "https://10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 2"})
  void httpNames_withOneAddress_areServersOfTheirOwnWhereTheServerSeesThem(
      boolean isHostHeaderPassed, int count) {
    List<ServerSpec> listed = List.of(server(NAME, 1), server("http://shop.test:8080", 2));
    fixture.apply(
        LoadBalancerSpec.of("orders", listed, null, null, isHostHeaderPassed).with(LOOKED_UP));
    fixture.resolver.answer("shop.test", "10.0.0.1");
    answer("10.0.0.1");

    assertThat(urls()).hasSize(count).allMatch(url -> url.startsWith(ONE));
    assertThat(fixture.service().servers().stream().mapToInt(ServerView::weight).sum())
        .isEqualTo(3);
  }

  @Test
  void url_withMoreThanANameAndAPort_keepsTheRest() {
    ServerSpec named = ServerSpec.of("HTTP://http/http?http", 1);

    assertThat(named.at("10.0.0.1").url()).isEqualTo("HTTP://10.0.0.1/http?http");
    assertThat(named.at("10.0.0.1").authority()).isEqualTo("http");
    ServerSpec byH2c = ServerSpec.of("h2c://h2c:81/h2c", 1).at("::1");
    assertThat(byH2c.url()).isEqualTo("h2c://[::1]:81/h2c");
    assertThat(byH2c.isH2c()).isTrue();
    assertThat(byH2c.authority()).isEqualTo("h2c:81");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.1:80", "http://127.1", "http://[::1]:80"})
  void url_ofAnAddress_isNotLookedUp(String url) {
    fixture.apply(orders(server(url, 1)));

    assertThat(fixture.resolver.asked).isEmpty();
    assertThat(urls()).containsExactly(url);
  }

  @Test
  void laterAnswers_bringAddressesInAndOutAndKeepWhatIsKnownOfTheOthers() {
    fixture.apply(orders(server(NAME, 1)));
    answer("10.0.0.1", "10.0.0.2");
    fixture.tally(4);
    fixture.balancer.fence("orders", TWO);
    Attempt attempt = fixture.open().next();
    assertThat(attempt.server().url()).isEqualTo(ONE);

    fixture.loop.advance(INTERVAL);
    answer("10.0.0.3", "10.0.0.2");

    assertThat(urls()).containsExactly(TWO, "http://10.0.0.3:8080");
    assertThat(fixture.view(TWO).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(TWO).calls()).isEqualTo(2);
    assertThat(fixture.tally(2)).isEqualTo(Map.of("http://10.0.0.3:8080", 2));
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
    assertThat(fixture.listener.faults).isEmpty();
  }

  @Test
  void answers_closerThanTheMinimum_shareASnapshot() {
    fixture.apply(orders(server(NAME, 1), server("http://other.test", 1)));

    fixture.resolver.answer(HOST, "10.0.0.1");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE.dividedBy(2));
    fixture.resolver.answer("other.test", "10.0.1.1");
    fixture.loop.run();
    assertThat(urls()).as("asked for, not built").containsExactly(NAME, "http://other.test");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE.dividedBy(2));

    assertThat(urls()).containsExactly(ONE, "http://10.0.1.1");
  }

  /** What is set by hand is in force at once, and takes no answer away. */
  @Test
  void answer_thatWaitsWhileSomebodySetsAWeight_isNotLost() {
    fixture.apply(orders(server(NAME, 1), server("http://10.9.9.9", 1)));
    fixture.resolver.answer(HOST, "10.0.0.1");
    fixture.loop.run();

    fixture.balancer.setWeight("orders", "http://10.9.9.9", 5);
    assertThat(urls()).containsExactly(NAME, "http://10.9.9.9");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(urls()).containsExactly(ONE, "http://10.9.9.9");
    assertThat(fixture.view("http://10.9.9.9").effectiveWeight()).isEqualTo(5);
  }

  @Test
  void sameAnswer_changesNothing() {
    fixture.apply(orders(server(NAME, 1)));
    answer("10.0.0.1", "10.0.0.2");
    int changes = fixture.listener.serviceChanges;

    fixture.loop.advance(INTERVAL);
    answer("10.0.0.2", "10.0.0.1");

    assertThat(fixture.listener.serviceChanges).isEqualTo(changes);
    assertThat(fixture.listener.names).hasSize(1);
  }

  @Test
  void lookUp_thatFails_keepsWhatThereWasAndIsSaidOnce() {
    fixture.apply(orders(server(NAME, 1)));
    answer("10.0.0.1");

    for (int i = 0; i < 3; i++) {
      fixture.loop.advance(INTERVAL);
      fail("unknown host");
    }
    assertThat(urls()).containsExactly(ONE);
    fixture.loop.advance(INTERVAL);
    answer("10.0.0.1");

    assertThat(fixture.listener.names)
        .containsExactly(
            HOST + " has [10.0.0.1]",
            HOST + " failed: unknown host, keeps [10.0.0.1]",
            HOST + " has [10.0.0.1]");
  }

  @Test
  void firstLookUp_thatFails_leavesTheNameAsItsServer() {
    fixture.apply(orders(server(NAME, 1)));

    fail("unknown host");

    assertThat(fixture.call()).isEqualTo(NAME);
    fixture.loop.advance(INTERVAL);
    answer("10.0.0.1");
    assertThat(urls()).containsExactly(ONE);
  }

  @Test
  void lookUp_thatHangs_isSaidOnceAndNotRepeatedAndHoldsUpNoOther() {
    fixture.apply(orders(server(NAME, 1), server("http://other.test", 1)));
    fixture.resolver.answer("other.test", "10.0.1.1");
    fixture.loop.run();

    for (int i = 0; i < 3; i++) {
      fixture.loop.advance(INTERVAL);
      fixture.resolver.answer("other.test", "10.0.1.1");
      fixture.loop.run();
    }

    assertThat(fixture.resolver.asked.stream().filter(HOST::equals)).hasSize(1);
    assertThat(fixture.resolver.asked.stream().filter("other.test"::equals)).hasSize(4);
    assertThat(urls()).containsExactly(NAME, "http://10.0.1.1");
    assertThat(fixture.listener.names)
        .containsExactly("other.test has [10.0.1.1]", HOST + " failed: no answer yet, keeps []");
    answer("10.0.0.1");
    assertThat(urls()).containsExactly(ONE, "http://10.0.1.1");
  }

  @Test
  void lookUps_ofManyProcesses_doNotStayTogether() {
    Set<Duration> times = new HashSet<>();
    for (int process = 0; process < 20; process++) {
      Fixture one = new Fixture(process);
      one.apply(orders(server(NAME, 1)));
      one.resolver.answer(HOST, "10.0.0.1");
      one.loop.run();
      Duration time = INTERVAL.multipliedBy(9).dividedBy(10);
      one.loop.advance(time);
      while (one.resolver.asked.size() < 2) {
        one.loop.advance(Duration.ofMillis(100));
        time = time.plusMillis(100);
      }
      assertThat(time).isBetween(INTERVAL.multipliedBy(9).dividedBy(10), INTERVAL);
      times.add(time);
    }
    assertThat(times).hasSizeGreaterThan(5);
  }

  @Test
  void resolver_thatThrows_isAFaultAndAskedAgain() {
    fixture.resolver.failure = new IllegalStateException("no thread");
    fixture.apply(orders(server(NAME, 1)));
    assertThat(fixture.listener.faults).containsExactly("resolver: no thread");
    fixture.resolver.failure = null;

    fixture.loop.advance(INTERVAL);
    answer("10.0.0.1");

    assertThat(urls()).containsExactly(ONE);
  }

  @Test
  void reload_keepsAddressesAndTheTimeOfTheNextLookUp() {
    fixture.apply(orders(server(NAME, 1)));
    answer("10.0.0.1", "10.0.0.2");
    fixture.tally(4);
    fixture.loop.advance(Duration.ofSeconds(20));

    fixture.apply(orders(server(NAME, 5)));

    assertThat(fixture.view(ONE).calls()).isEqualTo(2);
    assertThat(fixture.view(ONE).weight()).isEqualTo(5);
    fixture.loop.advance(Duration.ofSeconds(10));
    assertThat(fixture.resolver.asked).hasSize(2);
  }

  @Test
  void reload_withoutTheName_endsItsLookUps() {
    fixture.apply(orders(server(NAME, 1)));
    fixture.apply(orders(server(ONE, 1)));

    answer("10.0.0.7");
    fixture.loop.advance(INTERVAL.multipliedBy(2));

    assertThat(urls()).containsExactly(ONE);
    assertThat(fixture.resolver.asked).hasSize(1);
  }

  @Test
  void reload_withAnotherInterval_countsByIt() {
    fixture.apply(orders(server(NAME, 1)));
    answer("10.0.0.1");

    ExtrasSpec often = ExtrasSpec.NONE.withLookUps(Duration.ofSeconds(2));
    fixture.apply(pool("orders", null, null, server(NAME, 1)).with(often));
    fixture.loop.advance(Duration.ofSeconds(2));

    assertThat(fixture.resolver.asked).hasSize(2);
  }

  @Test
  void fencedAndDrained_nameTheUrlOfTheFile_meanAllItsAddresses() {
    HealthRulesSpec rules =
        HealthRulesSpec.DEFAULT.with(List.of(NAME), Map.of("http://other.test", INTERVAL));
    fixture.apply(
        pool("orders", null, null, server(NAME, 1), server("http://other.test", 1))
            .with(LOOKED_UP.with(rules)));
    answer("10.0.0.1", "10.0.0.2");
    fixture.resolver.answer("other.test", "10.0.1.1");
    fixture.loop.advance(ServiceRegistry.MIN_DISTANCE);

    assertThat(fixture.view(ONE).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view(TWO).state()).isEqualTo(State.FENCED);
    assertThat(fixture.view("http://10.0.1.1").drainRemaining()).isEqualTo(INTERVAL);
  }

  @Test
  void probes_ofAnAddress_askForTheName() {
    fixture.apply(pool("orders", null, CHECK, server(NAME, 1)).with(LOOKED_UP));
    answer("10.0.0.1");

    FakeProber.Probe probe = fixture.prober.last(ONE);
    assertThat(probe.check.hostname()).isEqualTo(HOST + ":8080");
  }

  @Test
  void probes_ofAnAddressWithAHostnameOrAPort_askForThat() {
    HealthCheckSpec named = CHECK.withHostname("health.test");
    fixture.apply(pool("orders", null, named, server(NAME, 1)).with(LOOKED_UP));
    answer("10.0.0.1");

    assertThat(fixture.prober.last(ONE).check).isEqualTo(named);
  }

  @Test
  void close_endsTheLookUps() {
    fixture.apply(orders(server(NAME, 1)));
    answer("10.0.0.1");

    fixture.balancer.close();
    fixture.loop.advance(INTERVAL.multipliedBy(2));

    assertThat(fixture.resolver.asked).hasSize(1);
  }
}
