package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Calls go to servers by weight, exactly. Not thread-safe; one per test. */
interface WeightsContract extends Contract {
  int CYCLE = 6;

  @Test
  default void weights_oneThread_areExactOverEveryCycle(Stage stage) throws IOException {
    balanceThreeTwoOne(stage);

    List<String> servers = Stage.servedBy(stage.client(), "http://orders/", 20 * CYCLE);

    for (int first = 0; first + CYCLE <= servers.size(); first++) {
      assertThat(tally(servers.subList(first, first + CYCLE)))
          .as("calls from %d of %s", first, servers)
          .isEqualTo(Map.of("a", 3L, "b", 2L, "c", 1L));
    }
  }

  @Test
  default void weights_eightThreads_areExactInTotal(Stage stage) throws Exception {
    balanceThreeTwoOne(stage);
    Client client = stage.client();
    List<String> servers = Collections.synchronizedList(new ArrayList<>());

    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        done.add(
            threads.submit(() -> servers.addAll(Stage.servedBy(client, "http://orders/", 120))));
      }
      for (Future<Boolean> each : done) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(tally(servers)).isEqualTo(Map.of("a", 480L, "b", 320L, "c", 160L));
  }

  @Test
  default void weightZero_configured_getsNoCall(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(a, 0).server(b, 1));

    List<String> servers = Stage.servedBy(stage.client(), "http://orders/", 6);

    assertThat(servers).containsOnly("b");
  }

  private static void balanceThreeTwoOne(Stage stage) throws IOException {
    stage
        .balance()
        .apply(
            ServiceConfig.named(Stage.SERVICE)
                .server(stage.fleet().http("a"), 3)
                .server(stage.fleet().http("b"), 2)
                .server(stage.fleet().http("c"), 1));
  }

  private static Map<String, Long> tally(List<String> servers) {
    return servers.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
