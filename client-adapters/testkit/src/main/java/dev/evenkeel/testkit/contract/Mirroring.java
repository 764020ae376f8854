package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.Bean;
import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.TestServer;

/** What the contracts of mirrors have in common. Thread-safe. */
final class Mirroring {
  private Mirroring() {}

  static void mirrorAll(Stage stage, String url, String mirrorUrl, String... options) {
    StringBuilder more = new StringBuilder();
    for (String option : options) {
      more.append(", ").append(option);
    }
    stage
        .balance()
        .applyTree(
            "orders: { mirroring: { service: main, mirrors: [ { name: shadow, percent: 100 } ]"
                + more
                + " } }",
            ServiceConfig.named("main").server(url),
            ServiceConfig.named("shadow").server(mirrorUrl));
  }

  static Bean orders(Stage stage) {
    return stage.balance().service("orders");
  }

  static int inFlight(Stage stage) {
    return stage.balance().servers().stream().mapToInt(server -> server.inFlight()).sum();
  }

  static Received awaitCopy(TestServer mirror) {
    Await.until("a copy has arrived", () -> !mirror.received().isEmpty());
    assertThat(mirror.received()).hasSize(1);
    return mirror.received().get(0);
  }
}
