package dev.evenkeel.it.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls by http through an HTTP proxy that cannot lead to the fallback, whose servers are https.
 */
@ExtendWith(ContractExtension.class)
class UrlConnectionProxyFailoverIT implements Contract {
  private static final String LOGICAL = "http://orders/path?q=1";

  @Override
  public ClientDriver driver() {
    return new UrlConnectionDriver();
  }

  private static HttpURLConnection connection(TestServer proxy) throws IOException {
    URI uri = URI.create(proxy.url());
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
    return (HttpURLConnection) new URL(LOGICAL).openConnection(new Proxy(Proxy.Type.HTTP, address));
  }

  /** The logical host is no fallback: the request has been sent already. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void answerThatWouldBeGivenUp_stays(String method, Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer secure = stage.fleet().https("b");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(
        request ->
            request.target().startsWith(a.url())
                ? new MockResponse.Builder().code(503).body("sorry")
                : new MockResponse.Builder().body("from the logical host"));
    Failover.apply(stage, a, secure, "503");

    HttpURLConnection connection = connection(proxy);
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().write('x');
    }
    assertThat(connection.getResponseCode()).isEqualTo(503);
    try (InputStream error = connection.getErrorStream()) {
      assertThat(error).hasContent("sorry");
    }

    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsExactly(method + " " + a.url() + "/path?q=1 HTTP/1.1");
    assertThat(stage.balance().server("main", a).inFlight()).isZero();
    assertThat(stage.balance().server("backup", secure).inFlight()).isZero();
    assertThat(stage.balance().server("backup", secure).failures()).isZero();
  }

  @Test
  void connectionThatIsLost_failsTheCall(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    TestServer secure = stage.fleet().https("b");
    TestServer proxy = stage.fleet().http("proxy");
    proxy.answers(Script.dropped());
    Failover.apply(stage, a, secure, "502");
    HttpURLConnection connection = connection(proxy);
    connection.setDoOutput(true);
    connection.getOutputStream().write('x');

    assertThatThrownBy(connection::getResponseCode).isInstanceOf(IOException.class);

    assertThat(proxy.received())
        .extracting(Received::requestLine)
        .containsExactly("POST " + a.url() + "/path?q=1 HTTP/1.1");
    assertThat(stage.balance().server("main", a).failures()).isEqualTo(1);
    assertThat(stage.balance().server("backup", secure).inFlight()).isZero();
  }
}
