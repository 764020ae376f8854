package dev.evenkeel.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServerBean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A new version is given more and more of the calls, by hand and under load. */
class CanaryIT extends Story {
  /** A cycle of the longest turns. */
  private static final int CALLS = 100;

  @Test
  void weights_movedOverJmxUnderLoad_areExactAfterEveryStep() throws IOException {
    TestServer stable = fleet.http("stable");
    TestServer canary = fleet.http("canary");
    Gate gate = fleet.gate();
    stable.answers(
        Script.byTarget(Map.of("/job", Script.held(gate, Script.echo())), Script.echo()));
    balance.apply(ServiceConfig.named(Shop.SERVICE).server(stable, 100).server(canary, 0));
    CompletableFuture<String> job = shop.start("/job", "none");
    gate.awaitArrivals(1);

    move(stable, 99, canary, 1);
    assertThat(shares()).isEqualTo(Map.of("stable", 99L, "canary", 1L));

    move(stable, 50, canary, 50);
    assertThat(shares()).isEqualTo(Map.of("stable", 50L, "canary", 50L));

    move(stable, 0, canary, 100);
    assertThat(shares()).isEqualTo(Map.of("canary", 100L));

    assertThat(job).isNotDone();
    gate.open();
    assertThat(job.join()).isEqualTo("stable");
    assertThat(bean(stable).failures() + bean(canary).failures()).isZero();
  }

  /** Both weights, while the application calls; none of these calls fails. */
  private void move(TestServer stable, int stableWeight, TestServer canary, int canaryWeight) {
    try (Load load = Load.of(number -> shop.call())) {
      load.awaitRound();
      bean(canary).setWeight(canaryWeight);
      bean(stable).setWeight(stableWeight);
      load.awaitRound();
      stable.forget();
      canary.forget();
      load.awaitRound();
    }
    // Between the two rounds, and after them, everybody knew the new weights.
    assertThat(stable.received().isEmpty()).isEqualTo(stableWeight == 0);
  }

  private Map<String, Long> shares() {
    return Load.tally(CALLS, number -> shop.call());
  }

  private ServerBean bean(TestServer server) {
    return balance.server(Shop.SERVICE, server);
  }
}
