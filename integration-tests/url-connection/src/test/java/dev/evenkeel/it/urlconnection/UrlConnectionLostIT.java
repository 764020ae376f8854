package dev.evenkeel.it.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that the application loses. */
@ExtendWith(ContractExtension.class)
class UrlConnectionLostIT implements Contract {
  private static final String LOGICAL = "http://orders/";

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  @Test
  void call_thatTheApplicationLoses_isCountedAmongThoseThatItReads(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.text("body"));
    stage.balanceOver(a);

    read();
    lose();

    Await.until(
        "the lost call is counted",
        () -> {
          System.gc();
          read();
          return stage.service().getLong("LostCalls") > 0;
        });
    assertThat(stage.service().getLong("LostCalls")).isEqualTo(1);
    assertThat(stage.bean(a).inFlight()).isZero();
    assertThat(stage.bean(a).failures()).isZero();
  }

  private static void read() throws IOException {
    assertThat(Connections.text(Connections.connection(LOGICAL))).isEqualTo("body");
  }

  /** Nobody holds the connection when this returns. */
  private static void lose() throws IOException {
    assertThat(Connections.connection(LOGICAL).getResponseCode()).isEqualTo(200);
  }
}
