package dev.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A balancer with everything around it faked, and short words for what tests do with it. */
final class Fixture {
  static final String A = "http://10.0.0.1:8080";
  static final String B = "http://10.0.0.2:8080";
  static final String C = "http://10.0.0.3:8080";

  static final StickyCookieSpec STICKY = new StickyCookieSpec("lb", false, true, null, 0, "/", "");

  static final HealthCheckSpec CHECK = check(Duration.ofSeconds(10), Duration.ofSeconds(2));

  final FakeTicker ticker = new FakeTicker();
  final FakeControlLoop loop = new FakeControlLoop(ticker);
  final FakeProber prober = new FakeProber(ticker);
  final FakeResolver resolver = new FakeResolver();
  final FakeMirrorSender mirrors = new FakeMirrorSender();
  final RecordingListener listener = new RecordingListener();
  final ServiceBalancer balancer;

  Fixture() {
    this(42);
  }

  Fixture(long seed) {
    balancer =
        new ServiceBalancer(
            loop, ticker, new SplittableRandom(seed), prober, resolver, mirrors, listener);
  }

  /** A request is its own Cookie header, or empty for none. */
  static final RequestReader<String> READER = new Reader(false);

  /** Requests are texts of cookies. Immutable. */
  private record Reader(boolean isAnyTlsSpoken) implements RequestReader<String> {
    @Override
    public boolean speaksServersTls(String request) {
      return isAnyTlsSpoken;
    }

    @Override
    public String method(String request) {
      return "GET";
    }

    @Override
    public String target(String request) {
      return "/";
    }

    @Override
    public String header(String request, String name) {
      return null;
    }

    @Override
    public String cookies(String request) {
      return request.isEmpty() ? null : request;
    }
  }

  static HealthCheckSpec check(Duration interval, Duration unhealthyInterval) {
    return new HealthCheckSpec(
        "/health",
        null,
        null,
        0,
        "GET",
        0,
        interval,
        unhealthyInterval,
        HealthCheckSpec.DEFAULT_TIMEOUT,
        true,
        Map.of());
  }

  static ServerSpec server(String url, int weight) {
    return ServerSpec.of(url, weight);
  }

  static LoadBalancerSpec pool(
      String name,
      @Nullable StickyCookieSpec sticky,
      @Nullable HealthCheckSpec check,
      ServerSpec... servers) {
    return LoadBalancerSpec.of(name, List.of(servers), sticky, check, true);
  }

  static ServiceSpec orders(ServerSpec... servers) {
    return LoadBalancerSpec.of("orders", List.of(servers), null, null, true);
  }

  static ServiceSpec stickyOrders(ServerSpec... servers) {
    return LoadBalancerSpec.of("orders", List.of(servers), STICKY, null, true);
  }

  static ServiceSpec checkedOrders(HealthCheckSpec check, ServerSpec... servers) {
    return LoadBalancerSpec.of("orders", List.of(servers), null, check, true);
  }

  Fixture apply(ServiceSpec... services) {
    balancer.apply(new BalancerSpec(List.of(services)));
    return this;
  }

  Exchange open() {
    return open("");
  }

  /** As {@link #open}, for a client that servers with a transport may be given to. */
  Exchange openSpeakingServersTls() {
    Exchange exchange = balancer.open("orders", "", new Reader(true));
    assertThat(exchange).isNotNull();
    return exchange;
  }

  Exchange open(String cookies) {
    Exchange exchange = balancer.open("orders", cookies, READER);
    assertThat(exchange).isNotNull();
    return exchange;
  }

  /** Makes a call that succeeds and says which server it went to. */
  String call() {
    return call("");
  }

  String call(String cookies) {
    Attempt attempt = open(cookies).next();
    assertThat(attempt).isNotNull();
    attempt.answered(200);
    attempt.end(Outcome.COMPLETED);
    return attempt.server().url();
  }

  /** How many of some calls went to each server. */
  Map<String, Integer> tally(int calls) {
    Map<String, Integer> tally = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      tally.merge(call(), 1, Integer::sum);
    }
    return tally;
  }

  ServiceView service() {
    return balancer.services().get(0);
  }

  ServerView view(String url) {
    return service().servers().stream()
        .filter(server -> server.url().equals(url))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no server " + url));
  }

  /** Answers the newest probe of each server, and lets the verdicts take effect. */
  void verdict(boolean isHealthy, String... urls) {
    Arrays.stream(urls)
        .forEach(
            url ->
                prober
                    .last(url)
                    .answer(isHealthy, isHealthy ? "probe answered 200" : "probe answered 503"));
    loop.advance(ServiceRegistry.MIN_DISTANCE);
  }
}
