package dev.evenkeel.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Call;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The forms that a URL gives a host. The measure is the same client's call of the same URL before
 * there is any service; where the client refuses the form itself, it still does. Not thread-safe;
 * one per test.
 */
interface HostFormContract extends Contract {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://LOCALHOST:%d/",
        "http://localhost.:%d/",
        "HTTP://localhost:%d/",
        "http://user:secret@localhost:%d/path?x=y",
        "http://user@localhost:%d/",
        "http://localhost:0%d/"
      })
  default void hostForm_balanced_isAsDirect(String form, Stage stage) throws IOException {
    TestServer direct = stage.fleet().http("a");
    TestServer balanced = stage.fleet().http("b");
    String url = form.formatted(URI.create(direct.url()).getPort());

    String directEnd = ending(stage.client(), url);
    stage.balance().apply(ServiceConfig.named("localhost").server(balanced));
    String balancedEnd = ending(stage.client(), url);

    assertThat(balancedEnd).isEqualTo(directEnd);
    assertThat(heads(balanced)).isEqualTo(heads(direct));
    assertThat(stage.balance().server("localhost", balanced).calls())
        .isEqualTo(direct.received().size());
  }

  /**
   * What the application sees, the server's name apart. It takes the answer to its end: a call that
   * is given up while its answer comes is one that HttpClient 5's asynchronous client may repeat.
   */
  private static String ending(Client client, String url) {
    try {
      Reply reply = client.call(Call.get(url));
      return reply.status() + " of " + reply.url() + ": " + reply.text();
    } catch (IOException | RuntimeException e) {
      return e.getClass().getName();
    }
  }

  private static List<String> heads(TestServer server) {
    return server.received().stream()
        .map(request -> request.requestLine() + " " + sorted(request))
        .toList();
  }

  private static List<String> sorted(Received request) {
    return request.headers().stream().map(Object::toString).sorted().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "http://[::1]:8080/, '[::1]:8080'",
    "http://[::1]/, '[::1]'",
    "http://[2001:db8::A]:1/x, '[2001:db8::a]:1'",
  })
  default void ipv6Literal_thatIsAService_isBalanced(String url, String authority, Stage stage)
      throws IOException {
    TestServer a = stage.fleet().http("a");
    stage
        .balance()
        .apply(ServiceConfig.named("::1").server(a), ServiceConfig.named("2001:db8::a").server(a));

    Reply reply = stage.client().call(Call.get(url));

    assertThat(reply.servedBy()).isEqualTo("a");
    assertThat(reply.url()).isEqualToIgnoringCase(url);
    assertThat(a.received().get(0).headers("Host"))
        .singleElement()
        .asString()
        .isEqualToIgnoringCase(authority);
  }
}
