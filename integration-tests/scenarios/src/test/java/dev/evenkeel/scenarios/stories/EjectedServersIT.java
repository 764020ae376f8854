package dev.evenkeel.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServerBean;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand servers without a probe, of which many fail every call for a while, and then others
 * do. Their first failed call ejects them, and its answer is given up for that of a spare; one call
 * at a time tries them, until one goes well. The application sees no failure.
 */
class EjectedServersIT extends Story {
  private static final int SERVERS = 1000;

  /** The last of them stand in for the others. */
  private static final int SPARES = 20;

  private static final int FAILING_TOGETHER = 200;
  private static final int ROUNDS = 3;

  private static final String TREE =
      """
      http:
        services:
          orders: { failover: { service: main, fallback: spare, errors: { status: [ "500-599" ] } } }
          main:
            loadBalancer:
              passiveHealthCheck: { failureWindow: 1s, maxFailedAttempts: 1 }
              servers: [ %s ]
          spare: { loadBalancer: { servers: [ %s ] } }
      """;

  @Test
  void servers_thatFailAllTheirCallsInTurn_areEjectedAndReturnAndNoCallFails() throws IOException {
    try (ManyServers servers = new ManyServers(SERVERS)) {
      balance.reload(TREE.formatted(list(servers, main()), list(servers, spares())));

      long calls = callWhileServersFail(servers);

      assertThat(served(servers, main())).as("each call begins there").isEqualTo(calls);
      assertThat(served(servers, spares())).as("given up").isGreaterThanOrEqualTo(failedAtLeast());
      assertThat(balance.service(Shop.SERVICE).getLong("Calls")).isEqualTo(calls);
      assertThat(balance.service(Shop.SERVICE).getLong("Failures")).isZero();
      assertThat(balance.service("spare").getLong("Calls")).isEqualTo(served(servers, spares()));
      main().forEach(server -> bean(servers, server).awaitState("UP"));
    }
  }

  private long callWhileServersFail(ManyServers servers) {
    Load load = Load.of(number -> shop.call());
    try (load) {
      for (int round = 0; round < ROUNDS; round++) {
        int first = round * FAILING_TOGETHER;
        servers.dead(failing(first), true);
        failing(first).forEach(server -> bean(servers, server).awaitState("EJECTED"));
        servers.dead(failing(first), false);
        failing(first).forEach(server -> bean(servers, server).awaitState("UP"));
      }
    }
    return load.calls();
  }

  /** One call for each. */
  private static long failedAtLeast() {
    return (long) ROUNDS * FAILING_TOGETHER;
  }

  private static IntStream failing(int first) {
    return IntStream.range(first, first + FAILING_TOGETHER);
  }

  private static IntStream main() {
    return IntStream.range(0, SERVERS - SPARES);
  }

  private static IntStream spares() {
    return IntStream.range(SERVERS - SPARES, SERVERS);
  }

  private static long served(ManyServers servers, IntStream which) {
    return which.mapToLong(servers::served).sum();
  }

  private static String list(ManyServers servers, IntStream which) {
    return which
        .mapToObj(server -> "{ url: \"%s\" }".formatted(servers.url(server)))
        .collect(Collectors.joining(", "));
  }

  private ServerBean bean(ManyServers servers, int server) {
    return balance.server("main", servers.url(server));
  }
}
