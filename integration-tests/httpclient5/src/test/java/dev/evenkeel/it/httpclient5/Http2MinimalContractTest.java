package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.client.Body;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client contract for the minimal client that speaks HTTP/2 only. The servers speak it too, and
 * the URLs of calls have a port. Not thread-safe; one per test.
 */
abstract class Http2MinimalContractTest extends AsyncContractTest {
  Http2MinimalContractTest() {
    super(HttpClient5Http2MinimalDriver.class);
  }

  /**
   * The connection goes on without the call that lost patience, which hears of its stream's end.
   */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  @Override
  public void readTimeout_failsAsDirectAndIsNotRetried(String method, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer b = stage.fleet().http("b");
    stage.balanceOver(a, b);
    List<TestServer> servers = List.of(a, b);
    servers.forEach(server -> server.answers(Script.held(stage.fleet().gate(), Script.echo())));
    ClientOptions impatient = ClientOptions.PLAIN.withTimeout(Duration.ofMillis(300));

    Throwable direct = failure(stage.client(impatient), method, a.url());
    Await.until("the direct request is there", () -> requests(servers) == 1);
    Throwable balanced = failure(stage.client(impatient), method, "http://orders");
    Await.until("the balanced request is there", () -> requests(servers) == 2);

    assertThat(direct).isInstanceOf(IOException.class).hasMessageStartingWith("Timeout");
    assertThat(balanced).isExactlyInstanceOf(direct.getClass()).hasMessage(direct.getMessage());
    assertThat(stage.service().getLong("Calls")).isEqualTo(1);
    assertThat(stage.service().getLong("Retries")).isZero();
  }

  private static Throwable failure(Client client, String method, String url) {
    Call call = Call.of(method, url + "/");
    Call whole = method.equals("POST") ? call.with(Body.of("body")) : call;
    return catchThrowable(() -> client.call(whole).text());
  }

  private static int requests(List<TestServer> servers) {
    return servers.stream().mapToInt(server -> server.received().size()).sum();
  }
}
