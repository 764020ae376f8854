package dev.evenkeel.httpasyncclient4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.NonRepeatableRequestException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthenticationTest {
  @RegisterExtension final Rig rig = new Rig();

  private CloseableHttpAsyncClient clientKnowing(AuthScope scope) {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(scope, new UsernamePasswordCredentials("user", "password"));
    return rig.keep(rig.builder().setDefaultCredentialsProvider(credentials).build());
  }

  private static MockResponse.Builder guarded(RecordedRequest request, String closing) {
    return request.getHeaders().get("Authorization") == null
        ? new MockResponse.Builder()
            .code(401)
            .setHeader("WWW-Authenticate", "Basic realm=\"orders\"")
            .setHeader("Connection", closing)
            .body("who are you?")
        : new MockResponse.Builder().body("welcome");
  }

  @Test
  void challenge_onAKeptConnection_isAnsweredToTheSameServer() throws Exception {
    MockWebServer first = rig.start(r -> guarded(r, "keep-alive"));
    MockWebServer second = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(first).withOwnHostHeader(), Rig.http(second));
    CloseableHttpAsyncClient client = clientKnowing(new AuthScope("orders", 80));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("welcome");

    assertThat(rig.balancer.asked()).hasSize(1);
    assertThat(Rig.taken(first).getHeaders().get("Authorization")).isNull();
    RecordedRequest repeated = Rig.taken(first);
    assertThat(repeated.getHeaders().get("Authorization")).startsWith("Basic ");
    assertThat(repeated.getHeaders().get("Host")).isEqualTo(NamedHosts.ONE + ":" + first.getPort());
    assertThat(repeated.getConnectionIndex()).isZero();
    assertThat(second.getRequestCount()).isZero();
    assertThat(rig.balancer.attempts())
        .extracting(attempt -> attempt.status() + " " + attempt.outcome())
        .containsExactly("401 COMPLETED", "200 COMPLETED");
  }

  @Test
  void challenge_onAClosedConnection_isAnsweredToTheSameServer() throws Exception {
    MockWebServer first = rig.start(r -> guarded(r, "close"));
    MockWebServer second = rig.start(r -> guarded(r, "close"));
    rig.balancer.serve("orders", Rig.http(first), Rig.http(second));
    CloseableHttpAsyncClient client = clientKnowing(new AuthScope("orders", 80));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("welcome");

    assertThat(first.getRequestCount()).isEqualTo(2);
  }

  @Test
  void challenge_ofAServerThatIsGone_isAnsweredToNoOther() throws Exception {
    MockWebServer second = rig.start(r -> guarded(r, "close"));
    try (ServerSocket challenging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FakeServer first = new FakeServer("http", NamedHosts.ONE, challenging.getLocalPort(), true);
      rig.balancer.serve("orders", first, Rig.http(second));
      CloseableHttpAsyncClient client = clientKnowing(new AuthScope("orders", 80));
      Thread server = new Thread(() -> challengeOnce(challenging));
      server.start();

      assertThatThrownBy(() -> Rig.get(client, "http://orders/"))
          .isInstanceOf(ConnectException.class);
      server.join();
    }

    assertThat(second.getRequestCount()).isZero();
    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CONNECT_FAILED);
  }

  private static void challengeOnce(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      while (!in.readLine().isEmpty()) {
        // The head of the request.
      }
      listening.close();
      String answer =
          String.join(
              "\r\n",
              "HTTP/1.1 401 Unauthorized",
              "WWW-Authenticate: Basic realm=orders",
              "Connection: close",
              "Content-Length: 0",
              "",
              "");
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void credentials_ofTheServer_areNotUsed() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client =
        clientKnowing(new AuthScope(NamedHosts.ONE, server.getPort()));

    assertThat(Rig.get(client, "http://orders/")).isEqualTo("who are you?");
  }

  @Test
  void bodyThatCannotBeRepeated_afterAChallenge_isNoFailureOfTheServer() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = clientKnowing(new AuthScope("orders", 80));
    HttpPost post = new HttpPost("http://orders/");
    post.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[] {1})));

    assertThatThrownBy(() -> Rig.send(client, post))
        .isInstanceOf(NonRepeatableRequestException.class);

    assertThat(rig.balancer.attempts())
        .extracting(FakeAttempt::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.CANCELLED);
  }

  @Test
  void preemptiveCredentials_ofTheLogicalHost_areSentAtOnce() throws Exception {
    MockWebServer server = rig.start(r -> guarded(r, "keep-alive"));
    rig.balancer.serve("orders", Rig.http(server));
    CloseableHttpAsyncClient client = clientKnowing(new AuthScope("orders", 80));
    HttpClientContext context = HttpClientContext.create();
    for (int i = 0; i < 2; i++) {
      assertThat(Rig.send(client, new HttpGet("http://orders/"), context)).isEqualTo("welcome");
    }

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(context.getAuthCache().get(new HttpHost("orders"))).isNotNull();
  }
}
