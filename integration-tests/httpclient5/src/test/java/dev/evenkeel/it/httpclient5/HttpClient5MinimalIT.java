package dev.evenkeel.it.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.TestServer;
import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which of the library's ready-made clients are balanced. The service is named as the host that the
 * call goes to without it, so a client that is left alone reaches that host.
 */
@ExtendWith(ContractExtension.class)
class HttpClient5MinimalIT implements Contract {
  @Override
  public ClientDriver driver() {
    return new HttpClient5AsyncDriver();
  }

  /** What goes over it is unknown when it is leased. */
  @Test
  void endpointThatTheApplicationLeases_isLeftAlone(Stage stage) throws Exception {
    TestServer host = stage.fleet().http("host");
    stage.balance().apply(ServiceConfig.named("localhost").server(stage.fleet().http("server")));

    try (MinimalHttpAsyncClient client = HttpAsyncClients.createMinimal()) {
      client.start();
      AsyncClientEndpoint endpoint =
          client.lease(HttpHost.create(URI.create(url(host))), null).get();
      SimpleHttpResponse response =
          endpoint
              .execute(
                  SimpleRequestProducer.create(SimpleRequestBuilder.get(url(host)).build()),
                  SimpleResponseConsumer.create(),
                  null)
              .get();
      endpoint.releaseAndReuse();

      assertThat(servedBy(response)).isEqualTo("host");
    }
  }

  @Test
  void defaultClients_andMinimalOnes_areBalanced(Stage stage) throws Exception {
    TestServer host = stage.fleet().http("host");
    stage.balance().apply(ServiceConfig.named("localhost").server(stage.fleet().http("server")));

    assertThat(servedBy(HttpClients.createDefault(), url(host))).isEqualTo("server");
    assertThat(servedBy(HttpClients.createMinimal(), url(host))).isEqualTo("server");
    assertThat(servedBy(HttpAsyncClients.createDefault(), url(host))).isEqualTo("server");
    assertThat(servedBy(HttpAsyncClients.createMinimal(), url(host))).isEqualTo("server");
  }

  @Test
  void onlyHttp2DefaultClients_andTheMinimalOne_areBalanced(Stage stage) throws Exception {
    TestServer host = stage.fleet().http2Cleartext("host");
    stage
        .balance()
        .apply(ServiceConfig.named("localhost").server(stage.fleet().http2Cleartext("server")));

    assertThat(servedBy(HttpAsyncClients.createHttp2Default(), url(host))).isEqualTo("server");
    assertThat(servedBy(HttpAsyncClients.createHttp2System(), url(host))).isEqualTo("server");
    assertThat(servedBy(HttpAsyncClients.createHttp2Minimal(), url(host))).isEqualTo("server");
  }

  private static String url(TestServer server) {
    return "http://localhost:" + URI.create(server.url()).getPort() + "/";
  }

  private static String servedBy(CloseableHttpClient opened, String url) throws Exception {
    try (CloseableHttpClient client = opened) {
      return client.execute(
          new HttpGet(url), response -> response.getFirstHeader(TestServer.NAME_HEADER).getValue());
    }
  }

  private static String servedBy(CloseableHttpAsyncClient opened, String url) throws Exception {
    try (CloseableHttpAsyncClient client = opened) {
      client.start();
      SimpleHttpResponse response =
          client
              .execute(
                  SimpleRequestProducer.create(SimpleRequestBuilder.get(url).build()),
                  SimpleResponseConsumer.create(),
                  null)
              .get();
      return servedBy(response);
    }
  }

  private static String servedBy(SimpleHttpResponse response) {
    return response.getFirstHeader(TestServer.NAME_HEADER).getValue();
  }
}
