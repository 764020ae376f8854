package dev.evenkeel.it.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.agent.ServiceConfig;
import dev.evenkeel.testkit.client.ClientDriver;
import dev.evenkeel.testkit.contract.Contract;
import dev.evenkeel.testkit.contract.ContractExtension;
import dev.evenkeel.testkit.contract.Stage;
import dev.evenkeel.testkit.server.EitherServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server by {@code h2c} is asked for HTTP/2 by an upgrade, where the client may speak it. */
@ExtendWith(ContractExtension.class)
class JdkHttpClientH2cIT implements Contract {
  @Override
  public ClientDriver driver() {
    return new JdkHttpClientDriver();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://orders:8080/x", "https://orders:8080/x"})
  void servers_thatUpgrade_getHttp2OnOneConnectionEach(String url, Stage stage) throws Exception {
    EitherServer a = stage.fleet().http1OrH2c("a");
    EitherServer b = stage.fleet().http1OrH2c("b");
    String refused = stage.fleet().refusedUrl().replace("http:", "h2c:");
    stage
        .balance()
        .apply(ServiceConfig.named(Stage.SERVICE).server(refused).server(a.url()).server(b.url()));
    HttpClient client = HttpClient.newHttpClient();

    for (int i = 0; i < 8; i++) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.version()).isEqualTo(Version.HTTP_2);
      assertThat(response.uri()).isEqualTo(URI.create(url));
    }

    for (EitherServer server : new EitherServer[] {a, b}) {
      assertThat(server.http1().received()).isEmpty();
      assertThat(server.http2().connections()).isEqualTo(1);
      assertThat(server.received())
          .hasSizeBetween(3, 5)
          .allSatisfy(
              request -> {
                assertThat(request.requestLine()).isEqualTo("GET /x HTTP/2");
                assertThat(request.authority()).isEqualTo("orders:8080");
                assertThat(request.header(":scheme")).isEqualTo("http");
              });
    }
  }

  @Test
  void client_thatMaySpeakHttp1Only_asksForNoUpgrade(Stage stage) throws Exception {
    EitherServer a = stage.fleet().http1OrH2c("a");
    stage.balance().apply(ServiceConfig.named(Stage.SERVICE).server(a.url()));
    HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://orders/x")).build(), BodyHandlers.ofString());

    assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
    assertThat(a.http1().received("/x"))
        .singleElement()
        .satisfies(request -> assertThat(request.header("Upgrade")).isNull());
  }
}
