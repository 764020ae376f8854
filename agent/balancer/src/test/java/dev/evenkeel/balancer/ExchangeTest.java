package dev.evenkeel.balancer;

import static dev.evenkeel.balancer.Fixture.A;
import static dev.evenkeel.balancer.Fixture.B;
import static dev.evenkeel.balancer.Fixture.C;
import static dev.evenkeel.balancer.Fixture.orders;
import static dev.evenkeel.balancer.Fixture.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
  private final Fixture fixture = new Fixture();

  @Test
  void open_unknownHost_isLeftAlone() {
    fixture.apply(orders(server(A, 1)));

    assertThat(fixture.balancer.open("example.com", "", Fixture.READER)).isNull();
  }

  @Test
  void open_beforeAnyConfiguration_isLeftAlone() {
    assertThat(fixture.balancer.open("orders", "", Fixture.READER)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "ORDERS", "Orders.", "[orders]"})
  void open_hostInAnyForm_isTheService(String host) {
    fixture.apply(orders(server(A, 1)));

    Exchange exchange = fixture.balancer.open(host, "", Fixture.READER);

    assertThat(exchange).isNotNull();
    assertThat(exchange.service()).isEqualTo("orders");
  }

  @Test
  void open_readerThrows_isAFaultAndLeavesTheCallAlone() {
    fixture.apply(Fixture.stickyOrders(server(A, 1)));
    RequestReader<String> broken =
        new RequestReader<>() {
          @Override
          public String method(String request) {
            throw new IllegalStateException("broken reader");
          }

          @Override
          public String target(String request) {
            throw new IllegalStateException("broken reader");
          }

          @Override
          public String header(String request, String name) {
            throw new IllegalStateException("broken reader");
          }

          @Override
          public String cookies(String request) {
            throw new IllegalStateException("broken reader");
          }
        };

    assertThat(fixture.balancer.open("orders", "", broken)).isNull();

    assertThat(fixture.balancer.faults()).isEqualTo(1);
    assertThat(fixture.listener.faults).containsExactly("balancer: broken reader");
  }

  @Test
  void next_weights_areExactOverEveryCycle() {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));

    for (int cycle = 0; cycle < 10; cycle++) {
      assertThat(fixture.tally(6)).isEqualTo(Map.of(A, 3, B, 2, C, 1));
    }
  }

  @Test
  void again_afterTheEnd_isAnAttemptOfItsOwnOnTheSameServer() {
    fixture.apply(orders(server(A, 1)));
    Attempt challenged = Objects.requireNonNull(fixture.open().next());
    challenged.answered(401);
    challenged.end(Outcome.COMPLETED);

    Attempt repeated = challenged.again();

    assertThat(repeated.server()).isSameAs(challenged.server());
    ServerView server = fixture.service().servers().get(0);
    assertThat(server.inFlight()).isEqualTo(1);
    repeated.end(Outcome.IO_FAILED);
    assertThat(server.inFlight()).isZero();
    assertThat(server.calls()).isEqualTo(2);
    assertThat(server.failures()).isEqualTo(1);
  }

  @Test
  void next_connectionFailures_tryEachServerOnce() {
    fixture.apply(orders(server(A, 3), server(B, 2), server(C, 1)));

    for (int call = 0; call < 30; call++) {
      Exchange exchange = fixture.open();
      Set<String> tried = new HashSet<>();
      for (Attempt attempt = exchange.next(); attempt != null; attempt = exchange.next()) {
        assertThat(tried.add(attempt.server().url())).isTrue();
        attempt.end(Outcome.CONNECT_FAILED);
      }
      assertThat(tried).containsExactlyInAnyOrder(A, B, C);
    }

    ServiceView service = fixture.service();
    assertThat(service.calls()).isEqualTo(30);
    assertThat(service.retries()).isEqualTo(60);
    assertThat(service.failures()).isEqualTo(30);
    assertThat(fixture.view(A).failures()).isEqualTo(30);
  }

  @Test
  void next_serverWithMostTurnsNotReached_othersShareItsTurnsByWeight() {
    fixture.apply(orders(server(A, 3_000), server(B, 2), server(C, 1)));
    Map<String, Integer> tally = new TreeMap<>();

    for (int call = 0; call < 3_000; call++) {
      Exchange exchange = fixture.open();
      Attempt attempt = exchange.next();
      if (attempt.server().url().equals(A)) {
        attempt.end(Outcome.CONNECT_FAILED);
        attempt = exchange.next();
      }
      tally.merge(attempt.server().url(), 1, Integer::sum);
    }

    assertThat(tally).containsOnlyKeys(B, C);
    assertThat(tally.get(B)).isBetween(1_980, 2_020);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "4,3", "1000,3"})
  void next_connectionFailures_endAfterThreeOrAllServers(int servers, int attempts) {
    ServerSpec[] specs =
        IntStream.range(0, servers)
            .mapToObj(i -> server("http://server" + i, i == 0 ? 1_000 : 1))
            .toArray(ServerSpec[]::new);
    fixture.apply(orders(specs));
    Exchange exchange = fixture.open();

    for (int i = 0; i < attempts; i++) {
      exchange.next().end(Outcome.CONNECT_FAILED);
    }

    assertThat(exchange.next()).isNull();
    assertThat(exchange.next()).isNull();
    assertThat(fixture.service().failures()).isEqualTo(1);
  }

  @Test
  void next_openedBeforeAReload_keepsItsServers() {
    fixture.apply(orders(server(A, 1)));
    Exchange exchange = fixture.open();

    fixture.apply(orders(server(B, 1)));

    assertThat(exchange.next().server().url()).isEqualTo(A);
  }

  @Test
  void attempt_endedTwice_countsTheFirst() {
    fixture.apply(orders(server(A, 1)));
    Attempt attempt = fixture.open().next();
    assertThat(fixture.view(A).inFlight()).isEqualTo(1);

    attempt.end(Outcome.COMPLETED);
    attempt.end(Outcome.IO_FAILED);

    assertThat(fixture.view(A).inFlight()).isZero();
    assertThat(fixture.view(A).failures()).isZero();
    assertThat(fixture.service().failures()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED,0,0", "CONNECT_FAILED,1,0", "IO_FAILED,1,1", "CANCELLED,0,0"})
  void attempt_outcome_countsWhatItSaysAboutTheServer(
      Outcome outcome, long serverFailures, long serviceFailures) {
    fixture.apply(orders(server(A, 1)));

    fixture.open().next().end(outcome);

    assertThat(fixture.view(A).failures()).isEqualTo(serverFailures);
    assertThat(fixture.view(A).calls()).isEqualTo(1);
    assertThat(fixture.view(A).inFlight()).isZero();
    assertThat(fixture.service().failures()).isEqualTo(serviceFailures);
  }

  @Test
  void attempt_answered_recordsTheTimeToHeadersOnce() {
    fixture.apply(orders(server(A, 1)));
    Attempt attempt = fixture.open().next();

    fixture.ticker.advance(Duration.ofMillis(20));
    attempt.answered(200);
    fixture.ticker.advance(Duration.ofMillis(500));
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);

    assertThat(fixture.view(A).latencyMillis(0.5)).isCloseTo(20, within(2.0));
    assertThat(fixture.view(A).latencyMillis(1)).isCloseTo(20, within(2.0));
  }

  @Test
  void attempt_answeredAfterItsEnd_recordsNothing() {
    fixture.apply(orders(server(A, 1)));
    Attempt attempt = fixture.open().next();

    attempt.end(Outcome.CANCELLED);
    attempt.answered(200);

    assertThat(fixture.view(A).latencyMillis(0.5)).isNaN();
  }

  @Test
  void unavailable_emptyService_saysThatThereAreNoServers() {
    fixture.apply(orders());
    Exchange exchange = fixture.open();

    assertThat(exchange.next()).isNull();

    assertThat(exchange.unavailable().getClass()).isSameAs(ConnectException.class);
    assertThat(exchange.unavailable())
        .hasMessage("service orders: no server available (no servers)");
  }

  @Test
  void unavailable_mixedReasons_namesEachServer() {
    fixture.apply(Fixture.checkedOrders(Fixture.CHECK, server(A, 1), server(B, 1), server(C, 0)));
    fixture.verdict(false, A);
    fixture.verdict(true, B, C);
    fixture.balancer.fence("orders", B);
    Exchange exchange = fixture.open();

    assertThat(exchange.next()).isNull();

    assertThat(exchange.unavailable())
        .hasMessage(
            "service orders: no server available (http://10.0.0.1:8080 down: probe answered 503; "
                + "http://10.0.0.2:8080 fenced; http://10.0.0.3:8080 weight 0)");
    assertThat(fixture.service().failures()).isEqualTo(1);
    assertThat(fixture.service().status()).isEqualTo("DOWN");
  }

  @Test
  void unavailable_manyServers_namesTenOfThem() {
    ServerSpec[] specs =
        IntStream.range(0, 1_000)
            .mapToObj(i -> server("http://server" + i, 0))
            .toArray(ServerSpec[]::new);
    fixture.apply(orders(specs));

    assertThat(fixture.open().unavailable())
        .hasMessageStartingWith("service orders: no server available (http://server0 weight 0; ")
        .hasMessageEndingWith("http://server9 weight 0; and 990 more)");
  }

  /** It would reach the server with less safety than the configuration says. */
  @Test
  void next_clientThatDoesNotSpeakAServersTls_isGivenOtherServersOnly() {
    ServerSpec secured = server("https://h", 3).with(new UnusedTls("t"));
    fixture.apply(orders(secured, server(A, 1)));
    Exchange exchange = fixture.open();
    Attempt attempt = exchange.next();
    assertThat(attempt.server().url()).isEqualTo(A);
    attempt.end(Outcome.CONNECT_FAILED);

    assertThat(exchange.next()).isNull();

    fixture.apply(orders(secured));
    Exchange unspoken = fixture.open();
    assertThat(unspoken.next()).isNull();
    assertThat(unspoken.unavailable())
        .hasMessage(
            "service orders: no server available (https://h has a serversTransport or,"
                + " with https, dns, which is not supported for calls of this client)");
  }

  @Test
  void server_passHostHeaderOff_tellsTheAdapter() {
    fixture.apply(
        LoadBalancerSpec.of("orders", List.of(server("https://h", 1)), null, null, false));

    assertThat(fixture.open().next().server())
        .isEqualTo(
            new ConfiguredServer(
                "https://h", "https", false, "h", 443, "h", false, "", null, TimeoutsSpec.DEFAULT));
  }

  @Test
  void server_byH2c_isAnHttpServerForTheAdapterAndNamedAsItIsWritten() {
    ServerSpec spec = server("h2c://h/base", 1).preservingPath().with(new UnusedTls("t"));
    fixture.apply(LoadBalancerSpec.of("orders", List.of(spec), null, null, true));

    Exchange exchange = fixture.open();
    Attempt attempt = exchange.next();
    assertThat(attempt.server())
        .isEqualTo(
            new ConfiguredServer(
                "h2c://h/base",
                "http",
                true,
                "h",
                80,
                "h",
                true,
                "/base",
                null,
                TimeoutsSpec.DEFAULT));
    attempt.end(Outcome.CONNECT_FAILED);
    assertThat(exchange.next()).isNull();
    assertThat(fixture.view("h2c://h/base").failures()).isEqualTo(1);
  }
}
