package dev.evenkeel.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerFleetTest {
  private final ServerFleet fleet = new ServerFleet();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() throws IOException {
    fleet.close();
  }

  @Test
  void server_byDefault_echoesAndNamesItself() throws Exception {
    TestServer a = fleet.http("a");

    HttpResponse<String> answer =
        client.send(
            request(a, "/p?q=1").POST(HttpRequest.BodyPublishers.ofString("body")).build(),
            BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("body");
    assertThat(answer.headers().firstValue(TestServer.NAME_HEADER)).hasValue("a");
    assertThat(a.received("/p?q=1").get(0).bodyBytes()).isEqualTo(4);
    assertThat(a.received().get(0).authority()).isEqualTo(a.authority());
  }

  @Test
  void serverOfBothVersions_readsHttp2AsHttp1_onOnePort() throws Exception {
    try (ServerFleet both = new ServerFleet(true)) {
      TestServer a = both.http("a");
      OkHttpClient http2 =
          new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();

      try (Response answer =
          http2.newCall(new Request.Builder().url(a.url() + "/p").build()).execute()) {
        assertThat(answer.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
      }
      HttpResponse<String> plain = client.send(request(a, "/q").build(), BodyHandlers.ofString());

      assertThat(plain.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(a.received())
          .extracting(Received::requestLine)
          .containsExactly("GET /p HTTP/1.1", "GET /q HTTP/1.1");
      assertThat(a.received())
          .allSatisfy(each -> assertThat(each.headers("Host")).containsExactly(a.authority()));
      http2.connectionPool().evictAll();
    }
  }

  @Test
  void requestLine_ofAnyForm_isRecordedByteForByte() throws Exception {
    TestServer a = fleet.http("a");
    String target = "/a%2Fb;v=1/c+d?x=%20&&y=[1]|?";

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(a))) {
      socket
          .getOutputStream()
          .write(
              ("PURGE " + target + " HTTP/1.1\r\nHost: logical\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    assertThat(a.received().get(0).requestLine()).isEqualTo("PURGE " + target + " HTTP/1.1");
    assertThat(a.received().get(0).headers("host")).containsExactly("logical");
  }

  @Test
  void heldAnswer_comesOnceTheGateIsOpen() throws Exception {
    TestServer a = fleet.http("a");
    Gate gate = fleet.gate();
    a.answers(Script.held(gate, Script.text("late")));

    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request(a, "/").build(), BodyHandlers.ofString());
    gate.awaitArrivals(1);
    assertThat(answer).isNotDone();
    gate.open();

    assertThat(answer.get().body()).isEqualTo("late");
  }

  @Test
  void fleet_closed_letsHeldCallsGo() throws Exception {
    TestServer a = fleet.http("a");
    Gate gate = fleet.gate();
    a.answers(Script.held(gate, Script.text("late")));
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request(a, "/").build(), BodyHandlers.ofString());
    gate.awaitArrivals(1);

    fleet.close();

    assertThat(answer.handle((value, failure) -> "ended").get()).isEqualTo("ended");
  }

  @Test
  void brokenAnswer_endsInTheBody() throws Exception {
    TestServer a = fleet.http("a");
    a.answers(Script.broken());

    HttpResponse<InputStream> answer =
        client.send(request(a, "/").build(), BodyHandlers.ofInputStream());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void droppedRequest_isRecordedAndNotAnswered() throws Exception {
    TestServer a = fleet.http("a");
    a.answers(Script.dropped());

    assertThatThrownBy(
            () ->
                client.send(
                    request(a, "/").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                    BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    assertThat(a.received()).hasSize(1);
  }

  @Test
  void largeBody_counted_beforeTheRequestIsWhole() throws Exception {
    TestServer a = fleet.http("a");

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(a))) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"
              .getBytes(StandardCharsets.UTF_8));
      a.awaitBytes(45);

      assertThat(a.received()).isEmpty();
    }
  }

  @Test
  void killedServer_refusesConnections() throws Exception {
    TestServer a = fleet.http("a");
    assertThat(client.send(request(a, "/").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);

    a.kill();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port(a)).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void killedServer_awaitsTheClientsThatWatchTheirConnections() throws Exception {
    TestServer a = fleet.http("a");
    assertThat(client.send(request(a, "/").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);

    a.killAndAwaitClients();

    assertThatThrownBy(() -> client.send(request(a, "/").build(), BodyHandlers.ofString()))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void refusedUrl_refusesConnections() throws Exception {
    URI refused = URI.create(fleet.refusedUrl());

    assertThatThrownBy(() -> new Socket(refused.getHost(), refused.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void tlsServer_isVerifiedByItsOwnNameOnly() throws Exception {
    TestServer a = fleet.https("a");

    assertThat(handshake(a, "a.servers.test")).startsWith("HTTP/1.1 200");
    assertThat(a.received().get(0).serverNames()).containsExactly("a.servers.test");
    assertThatThrownBy(() -> handshake(a, "orders.servers.test"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private String handshake(TestServer server, String expectedName) throws Exception {
    try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), port(server));
        SSLSocket tls =
            (SSLSocket)
                fleet
                    .trust()
                    .sslContext()
                    .getSocketFactory()
                    .createSocket(raw, expectedName, port(server), true)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setServerNames(List.of(new SNIHostName(expectedName)));
      tls.setSSLParameters(parameters);
      tls.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      return new String(tls.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
  }

  private static HttpRequest.Builder request(TestServer server, String target) {
    return HttpRequest.newBuilder(URI.create(server.url() + target))
        .version(HttpClient.Version.HTTP_1_1);
  }

  private static int port(TestServer server) {
    return URI.create(server.url()).getPort();
  }
}
