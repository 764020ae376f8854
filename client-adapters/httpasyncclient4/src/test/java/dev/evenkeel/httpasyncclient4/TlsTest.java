package dev.evenkeel.httpasyncclient4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TlsTest {
  private static final Rig.Answer OK = request -> new MockResponse.Builder().body("ok");

  @RegisterExtension final Rig rig = new Rig();

  @Test
  void logicalHttp_toHttpsServer_sendsTheServersNameAndTheLogicalHost() throws Exception {
    MockWebServer server = rig.startTls(NamedHosts.ONE, OK);
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, server));
    CloseableHttpAsyncClient client = rig.client();
    HttpClientContext context = HttpClientContext.create();

    Rig.send(client, new HttpGet("http://orders/x"), context);
    Rig.get(client, "https://" + NamedHosts.ONE + ":" + server.getPort() + "/x");

    RecordedRequest balanced = Rig.taken(server);
    RecordedRequest direct = Rig.taken(server);
    assertThat(balanced.getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
    assertThat(balanced.getHeaders().get("Host")).isEqualTo("orders");
    assertThat(balanced.getRequestLine()).isEqualTo(direct.getRequestLine());
    assertThat(balanced.getHeaders().names()).isEqualTo(direct.getHeaders().names());
    assertThat(context.getHttpRoute().isSecure()).isFalse();
    assertThat(context.getRequest().getRequestLine().getUri()).isEqualTo("/x");
  }

  @Test
  void logicalHttps_toHttpServer_isSentInClear() throws Exception {
    MockWebServer server = rig.start("clear");
    rig.balancer.serve("orders", Rig.http(server));
    HttpClientContext context = HttpClientContext.create();

    String answer = Rig.send(rig.client(), new HttpGet("https://orders/x"), context);

    assertThat(answer).isEqualTo("clear");
    assertThat(context.getHttpRoute().isSecure()).isTrue();
    RecordedRequest request = Rig.taken(server);
    assertThat(request.getHandshake()).isNull();
    assertThat(request.getRequestLine()).isEqualTo("GET /x HTTP/1.1");
    assertThat(request.getHeaders().get("Host")).isEqualTo("orders");
  }

  @Test
  void logicalHttps_toHttpsServers_keepsOneConnectionEach() throws Exception {
    MockWebServer one = rig.startTls(NamedHosts.ONE, OK);
    MockWebServer two = rig.startTls(NamedHosts.TWO, OK);
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, one), Rig.https(NamedHosts.TWO, two));
    CloseableHttpAsyncClient client = rig.client();

    for (int i = 0; i < 4; i++) {
      Rig.get(client, "https://orders/");
    }

    assertThat(Rig.taken(one).getHandshakeServerNames()).containsExactly(NamedHosts.ONE);
    assertThat(Rig.taken(one).getConnectionIndex()).isZero();
    assertThat(Rig.taken(two).getHandshakeServerNames()).containsExactly(NamedHosts.TWO);
    assertThat(Rig.taken(two).getConnectionIndex()).isZero();
  }

  @Test
  void certificate_ofAnotherName_isRefused() throws Exception {
    MockWebServer wrong = rig.startTls(NamedHosts.TWO, OK);
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, wrong));
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "https://orders/")).isInstanceOf(SSLException.class);

    assertThat(rig.balancer.onlyAttempt().outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(wrong.getRequestCount()).isZero();
  }

  @Test
  void certificate_ofTheLogicalName_isRefused() throws Exception {
    MockWebServer wrong = rig.startTls("orders", OK);
    rig.balancer.serve("orders", Rig.https(NamedHosts.ONE, wrong));
    CloseableHttpAsyncClient client = rig.client();

    assertThatThrownBy(() -> Rig.get(client, "https://orders/")).isInstanceOf(SSLException.class);
  }

  @Test
  void refusedCertificate_movesToAnotherServer() throws Exception {
    MockWebServer wrong = rig.startTls(NamedHosts.TWO, OK);
    rig.balancer.serve(
        "orders",
        Rig.https(NamedHosts.ONE, wrong),
        Rig.https(NamedHosts.ONE, rig.startTls(NamedHosts.ONE, OK)));

    assertThat(Rig.get(rig.client(), "https://orders/")).isEqualTo("ok");
  }
}
