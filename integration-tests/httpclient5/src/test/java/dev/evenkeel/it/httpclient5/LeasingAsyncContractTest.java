package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.client.Requires;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Gate;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The same up to 5.4, whose pools lease an HTTP/2 connection to one call at a time, as without the
 * agent. Not thread-safe; one per test.
 */
abstract class LeasingAsyncContractTest extends AsyncContractTest {
  LeasingAsyncContractTest(Class<? extends ClientDriver> driver) {
    super(driver);
  }

  @Test
  @Requires(Capability.HTTP_2)
  @Override
  public void http2_toTheServer_isMultiplexed(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TestServer b = stage.fleet().http2("b");
    stage.balanceOver(a, b);
    Client client = stage.client(ClientOptions.PLAIN.trusting(stage.fleet().trust()));
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));
    b.answers(Script.held(gate, Script.echo()));

    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(client.callAsync(Call.get("https://orders/")));
    }
    gate.awaitArrivals(10);
    gate.open();
    for (CompletableFuture<Reply> call : calls) {
      assertThat(call.get().servedBy()).isIn("a", "b");
    }

    for (TestServer server : List.of(a, b)) {
      assertThat(server.connections()).isEqualTo(5);
      assertThat(server.received()).hasSize(5);
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).isEqualTo("GET / HTTP/2");
                assertThat(request.header(":authority")).isEqualTo("orders");
                assertThat(request.header(":scheme")).isEqualTo("https");
              });
    }
  }

  @Test
  @Requires({Capability.H2C, Capability.HTTP_2})
  @Override
  public void serverByH2c_manyCallsAtOnce_areMultiplexed(Stage stage) throws Exception {
    TestServer a = stage.fleet().h2c("a");
    stage.balanceOver(a);
    Client client = stage.client();
    Gate gate = stage.fleet().gate();
    a.answers(Script.held(gate, Script.echo()));

    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(client.callAsync(Call.get("http://orders/")));
    }
    gate.awaitArrivals(10);
    gate.open();
    for (CompletableFuture<Reply> call : calls) {
      assertThat(call.get().servedBy()).isEqualTo("a");
    }

    assertThat(a.connections()).isEqualTo(10);
    assertThat(a.received())
        .hasSize(10)
        .allSatisfy(request -> assertThat(request.requestLine()).isEqualTo("GET / HTTP/2"));
  }
}
