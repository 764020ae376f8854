package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls by https to http servers, whose connection must not take a body for a TLS handshake. */
@ExtendWith(ContractExtension.class)
class UrlConnectionClearIT implements Contract {
  /** What a handshake begins with. */
  private static final String HANDSHAKE = "\u0016";

  /** More than the JDK gathers before it writes to the socket. */
  private static final String LONG = HANDSHAKE + "x".repeat(10_000);

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  @ParameterizedTest
  @EnumSource
  void body_whoseBlocksLookLikeHandshakes_arrivesWhole(Writing writing, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    stage.balanceOver(a);

    for (List<String> blocks :
        List.of(
            List.of("first", HANDSHAKE + "middle", "more", HANDSHAKE),
            List.of(HANDSHAKE + "first", HANDSHAKE, "last"),
            List.of(LONG, "more", LONG))) {
      String body = String.join("", blocks);
      HttpURLConnection connection = writing.post("https://orders/");
      if (writing == Writing.FIXED_LENGTH) {
        connection.setFixedLengthStreamingMode(body.length());
      }
      try (OutputStream out = connection.getOutputStream()) {
        for (String block : blocks) {
          out.write(block.getBytes(US_ASCII));
        }
      }

      assertThat(text(connection).equals(body)).as("the body came back").isTrue();
    }

    assertThat(a.received()).hasSize(3);
    assertThat(stage.bean(a).failures()).isZero();
  }
}
