package dev.evenkeel.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A thousand servers, of which most come and go all the time: some are fenced by hand, some fail
 * their probes, some leave the configuration. A server that is out, and that every thread of the
 * application has had time to know of, answers no call any more: one that still came would fail.
 */
class FlappingServersIT extends Story {
  private static final int SERVERS = 1000;
  private static final int FENCED_TOGETHER = 60;

  private static final String OFTEN = "interval: 1s, unhealthyInterval: 100ms, timeout: 900ms";
  private static final String SELDOM = "interval: 5m, unhealthyInterval: 100ms, timeout: 20s";

  /** A server that goes out a fourth time within a minute is held back. */
  private static final int TIMES_OUT_FOR_PROBES = 2;

  private static final int TIMES_LEFT = 4;

  @Test
  void servers_thatComeAndGoAllTheTime_failNoCallAndAreAllCountedInTheEnd() throws IOException {
    try (ManyServers servers = new ManyServers(SERVERS)) {
      balance.apply(config(servers.all().boxed().toList(), servers, OFTEN));
      awaitState("UP", servers, servers.all());

      long calls = callWhileServersFlap(servers);
      // No probe that is late on a busy machine takes a server out between here and the shares.
      balance.apply(config(servers.all().boxed().toList(), servers, SELDOM));
      awaitState("UP", servers, servers.all());
      inForce(servers);

      assertThat(Load.tally(2 * SERVERS, number -> shop.call()))
          .isEqualTo(servers.all().boxed().collect(Collectors.toMap(i -> "s" + i, i -> 2L)));
      assertThat(balance.service(Shop.SERVICE).getLong("Calls")).isEqualTo(calls + 2 * SERVERS);
      assertThat(servers.all().mapToLong(servers::served).sum()).isEqualTo(calls + 2 * SERVERS);
      assertThat(calls(servers, server -> bean(servers, server).calls()))
          .isEqualTo(calls(servers, servers::served));
      servers.all().forEach(server -> bean(servers, server).awaitInFlight(0));
      assertControlThreadGoesOn(servers);
      balance.clear(); // before the servers end, which probes would find
    }
  }

  private long callWhileServersFlap(ManyServers servers) {
    ExecutorService operators = Executors.newFixedThreadPool(3);
    Load load = Load.of(number -> shop.call());
    try (load) {
      Stream.<Runnable>of(
              () -> fence(servers, load),
              () -> failProbes(servers, load),
              () -> leave(servers, load))
          .map(flapping -> CompletableFuture.runAsync(flapping, operators))
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      operators.shutdown();
    }
    return load.calls();
  }

  private void fence(ManyServers servers, Load load) {
    for (int first = 0; first < 300; first += FENCED_TOGETHER) {
      int from = first;
      fenced(from).forEach(server -> bean(servers, server).fence());
      dieFor(load, servers, () -> fenced(from));
      fenced(from).forEach(server -> bean(servers, server).unfence());
    }
  }

  private static IntStream fenced(int first) {
    return IntStream.range(first, first + FENCED_TOGETHER);
  }

  private void failProbes(ManyServers servers, Load load) {
    for (int time = 0; time < TIMES_OUT_FOR_PROBES; time++) {
      servers.sick(failing(), true);
      awaitState("DOWN", servers, failing());
      dieFor(load, servers, FlappingServersIT::failing);
      servers.sick(failing(), false);
      awaitState("UP", servers, failing());
    }
  }

  private static IntStream failing() {
    return IntStream.range(300, 600);
  }

  private void leave(ManyServers servers, Load load) {
    for (int time = 0; time < TIMES_LEFT; time++) {
      balance.apply(
          config(servers.all().filter(i -> !isLeaving(i)).boxed().toList(), servers, OFTEN));
      dieFor(load, servers, () -> servers.all().filter(FlappingServersIT::isLeaving));
      balance.apply(config(servers.all().boxed().toList(), servers, OFTEN));
    }
  }

  /** So that the places of many others change with them. */
  private static boolean isLeaving(int server) {
    return server >= 600 && server < 800;
  }

  private static void dieFor(Load load, ManyServers servers, Supplier<IntStream> which) {
    load.awaitRound();
    servers.dead(which.get(), true);
    load.awaitRound();
    servers.dead(which.get(), false);
  }

  /** By server; without those that left and were new when they came back. */
  private static Map<Integer, Long> calls(ManyServers servers, Function<Integer, Long> calls) {
    return servers
        .all()
        .filter(server -> !isLeaving(server))
        .boxed()
        .collect(Collectors.toMap(Function.identity(), calls));
  }

  private void assertControlThreadGoesOn(ManyServers servers) {
    servers.sick(failing(), true);
    balance.apply(config(servers.all().boxed().toList(), servers, OFTEN));
    awaitState("DOWN", servers, failing());
  }

  private void awaitState(String state, ManyServers servers, IntStream which) {
    which.forEach(server -> bean(servers, server).awaitState(state));
  }

  /** What is done by hand is in force on return, and with it whatever probes said before. */
  private void inForce(ManyServers servers) {
    bean(servers, 0).resetWeight();
  }

  private static ServiceConfig config(List<Integer> which, ManyServers servers, String check) {
    ServiceConfig service =
        ServiceConfig.named(Shop.SERVICE)
            .option("healthCheck: { path: %s, %s }".formatted(ManyServers.HEALTH, check));
    for (int server : which) {
      service = service.server(servers.url(server));
    }
    return service;
  }

  private ServerBean bean(ManyServers servers, int server) {
    return balance.server(Shop.SERVICE, servers.url(server));
  }
}
