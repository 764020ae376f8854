package dev.evenkeel.it.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.contract.ClientContractTest;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The client contract. A class per version says which driver. Not thread-safe; one per test. */
abstract class AsyncContractTest extends ClientContractTest {
  AsyncContractTest(Class<? extends ClientDriver> driver) {
    super(driver);
  }

  /**
   * This client pushes a body at its application, so that a short one is over before the
   * application can look: here the server keeps back the end of it.
   */
  @Test
  @Override
  public void attempt_isInFlightUntilItsBodyIsRead(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    Gate gate = stage.fleet().gate();
    a.answers(Script.streamed(1 << 20, gate));
    stage.balanceOver(a);

    try (Reply reply = stage.client().call(Call.get("http://orders/"))) {
      assertThat(stage.bean(a).inFlight()).isEqualTo(1);
      gate.open();
      assertThat(reply.text()).hasSize(1 << 20);
    }
    assertThat(stage.bean(a).inFlight()).isZero();
  }
}
