package dev.evenkeel.scenarios.stories;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.agent.Balance;
import dev.evenkeel.testkit.server.ServerFleet;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/**
 * The stage of one story. After it nothing is in flight, and no call has gone out unchanged. Not
 * thread-safe; one per test.
 */
@Tag("story") // run in a JVM that has the agent, other than the rest of the module
abstract class Story {
  final Balance balance = new Balance();
  final ServerFleet fleet = new ServerFleet();
  final Shop shop = new Shop();
  private long failOpenCount;

  @BeforeEach
  void open() {
    failOpenCount = balance.agent().getLong("FailOpenCount");
  }

  @AfterEach
  void close() throws IOException {
    try {
      Await.until(
          "nothing is in flight after the story",
          () -> balance.servers().stream().allMatch(server -> server.inFlight() == 0));
      long failedOpen = balance.agent().getLong("FailOpenCount") - failOpenCount;
      if (failedOpen != 0) {
        throw new AssertionError(failedOpen + " faults of the agent");
      }
    } finally {
      balance.clear();
      fleet.close();
    }
  }
}
