package dev.evenkeel.it.jdkhttpclient;

import static dev.evenkeel.testkit.server.TunnelProxy.lineFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.client.ClientOptions;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.contract.TunnelContract;
import dev.evenkeel.testkit.server.Received;
import dev.evenkeel.testkit.server.Script;
import dev.evenkeel.testkit.server.TestServer;
import dev.evenkeel.testkit.server.TunnelProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tunnels of clients that speak HTTP/1.1 alone, as the contract has them of the others; and what is
 * this client's own.
 */
@ExtendWith(ContractExtension.class)
class JdkHttpClientTunnelIT implements TunnelContract {
  private static final URI LOGICAL = URI.create("https://orders/path?q=1");
  private static final URI PLAIN = URI.create("http://orders/path?q=1");

  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver(Version.HTTP_1_1);
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void tunnels_areKeptApartFromDirectConnections(Stage stage) throws Exception {
    TestServer a = stage.fleet().http2("a");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a);
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(new Selecting(proxy.proxy(), "https"))
            .sslContext(stage.fleet().trust().sslContext())
            .build();

    for (URI uri : List.of(LOGICAL, PLAIN, LOGICAL, PLAIN)) {
      assertThat(get(client, uri).statusCode()).isEqualTo(200);
    }

    assertThat(proxy.lines()).containsExactly(lineFor(a));
    assertThat(a.received()).hasSize(4);
    assertThat(a.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void credentialsThatTheProxyAsksFor_areTheApplicationsAffair(Version version, Stage stage)
      throws Exception {
    TestServer a = stage.fleet().https("a");
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balanceOver(a);
    proxy.answersOnce("HTTP/1.1 407 Who\r\nProxy-Authenticate: Token\r\nContent-Length: 0\r\n\r\n");
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(new Selecting(proxy.proxy()))
            .version(version)
            .sslContext(stage.fleet().trust().sslContext())
            .build();

    HttpResponse<String> asked = get(client, LOGICAL);
    assertThat(asked.statusCode()).isEqualTo(407);
    assertThat(stage.bean(a).inFlight()).isZero();

    HttpRequest answer =
        HttpRequest.newBuilder(LOGICAL).header("Proxy-Authorization", "Token t").build();
    assertThat(client.send(answer, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    assertThat(proxy.asked().get(1)).contains("\nProxy-Authorization: Token t\n");
    assertThat(a.received())
        .singleElement()
        .satisfies(request -> assertThat(request.header("Proxy-Authorization")).isNull());
    assertThat(stage.bean(a).failures()).isZero();
  }

  @Test
  void webSocket_goesThroughATunnelToAnHttpServer(Stage stage) throws IOException {
    TestServer a = stage.fleet().http("a");
    a.answers(Script.webSocketEcho());
    TunnelProxy proxy = stage.fleet().tunnelProxy();
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).preserving(a.url() + "/shop"));
    Client client = stage.client(ClientOptions.PLAIN.through(proxy.url()));

    assertThat(client.webSocketEcho("http://orders/socket", "hello")).isEqualTo("hello");

    assertThat(proxy.lines()).containsExactly(lineFor(a));
    Received request = a.received().get(0);
    assertThat(request.requestLine()).isEqualTo("GET /shop/socket HTTP/1.1");
    assertThat(request.header("Host")).isEqualTo("orders");
    stage.balance().server(Stage.SERVICE, a.url() + "/shop").awaitInFlight(0);
  }
}
