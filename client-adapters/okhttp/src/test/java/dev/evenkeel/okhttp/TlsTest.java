package dev.evenkeel.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.testkit.fake.FakeServer;
import java.net.UnknownServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schemes, certificates and HTTP/2. No certificate names the logical host. */
final class TlsTest {
  @RegisterExtension final Rig rig = new Rig();

  @Test
  void clients_ofOtherTrust_atATlsServerOfAPlainLogicalHost_eachKeepTheirOwn() throws Exception {
    rig.balancer.service("orders", Rig.tlsAt("one", rig.tlsServer("one", "one")));
    OkHttpClient trusting = rig.client();
    HandshakeCertificates nobody = new HandshakeCertificates.Builder().build();
    OkHttpClient suspicious =
        rig.track(
            Rig.builder()
                .sslSocketFactory(nobody.sslSocketFactory(), nobody.trustManager())
                .build());

    assertThat(Rig.body(trusting, "http://orders/")).isEqualTo("one");
    assertThatThrownBy(() -> Rig.body(suspicious, "http://orders/"))
        .isInstanceOf(SSLException.class);
    assertThat(Rig.body(trusting, "http://orders/")).isEqualTo("one");
  }

  @Test
  void https_toAnHttpsServer_namesAndVerifiesTheServer() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    rig.balancer.service("orders", Rig.tlsAt("one", one));

    try (Response response = rig.client().newCall(Rig.get("https://orders/a?b")).execute()) {
      RecordedRequest received = Rig.taken(one);
      assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
      assertThat(response.request().url()).hasToString("https://orders/a?b");
      assertThat(response.handshake().peerCertificates()).isNotEmpty();
      assertThat(received.getHandshakeServerNames()).containsExactly("one.test");
      assertThat(received.getHeaders().get(":authority")).isEqualTo("orders");
      assertThat(received.getHeaders().get(":scheme")).isEqualTo("https");
      assertThat(received.getTarget()).isEqualTo("/a?b");
    }
  }

  @Test
  void http_toAnHttpsServer_isEncryptedAndLooksPlainToTheApplication() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    rig.balancer.service("orders", Rig.tlsAt("one", one));

    try (Response response = rig.client().newCall(Rig.get("http://orders/a")).execute()) {
      RecordedRequest received = Rig.taken(one);
      assertThat(response.body().string()).isEqualTo("one");
      assertThat(response.request().url()).hasToString("http://orders/a");
      assertThat(response.handshake()).isNull();
      assertThat(received.getHandshakeServerNames()).containsExactly("one.test");
      assertThat(received.getHeaders().get(":scheme")).isEqualTo("https");
      assertThat(received.getHeaders().get(":authority")).isEqualTo("orders");
    }
  }

  @Test
  void https_toAnHttpServer_isPlainAndLooksEncryptedToTheApplication() throws Exception {
    MockWebServer one = rig.server("one");
    rig.balancer.service("orders", Rig.at("one", one));

    try (Response response = rig.client().newCall(Rig.get("https://orders/a")).execute()) {
      RecordedRequest received = Rig.taken(one);
      assertThat(response.body().string()).isEqualTo("one");
      assertThat(response.request().url()).hasToString("https://orders/a");
      assertThat(response.handshake()).isNotNull();
      assertThat(received.getHandshake()).isNull();
      assertThat(received.getRequestLine()).isEqualTo("GET /a HTTP/1.1");
      assertThat(received.getHeaders().get("Host")).isEqualTo("orders");
    }
  }

  @Test
  void authority_notPassed_becomesTheServersInHttp2() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    FakeServer server = new FakeServer("https", "one.test", one.getPort(), false);
    rig.balancer.service("orders", server);

    String answer = Rig.body(rig.client(), "https://orders/");

    assertThat(answer).isEqualTo("one");
    assertThat(Rig.taken(one).getHeaders().get(":authority")).isEqualTo(server.authority());
  }

  @Test
  void http11_overTls_keepsHostAndRequestLine() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    one.setProtocols(List.of(Protocol.HTTP_1_1));
    rig.balancer.service("orders", Rig.tlsAt("one", one));

    String answer = Rig.body(rig.client(), "http://orders/a?b");

    RecordedRequest received = Rig.taken(one);
    assertThat(answer).isEqualTo("one");
    assertThat(received.getRequestLine()).isEqualTo("GET /a?b HTTP/1.1");
    assertThat(received.getHeaders().get("Host")).isEqualTo("orders");
  }

  @Test
  void certificate_ofAnotherHost_isRefusedAndTheNextServerIsTried() throws Exception {
    MockWebServer wrong = rig.tlsServer("wrong", "other");
    rig.balancer.service("orders", Rig.tlsAt("one", wrong));

    assertThatThrownBy(() -> Rig.body(rig.client(), "https://orders/"))
        .isInstanceOf(SSLPeerUnverifiedException.class)
        .hasMessageContaining("one.test");
    assertThat(rig.balancer.events).containsExactly("begin one.test", "end CONNECT_FAILED");

    rig.balancer.service(
        "orders", Rig.tlsAt("one", wrong), Rig.tlsAt("two", rig.tlsServer("two", "two")));
    assertThat(Rig.body(rig.client(), "https://orders/")).isEqualTo("two");
    assertThat(wrong.getRequestCount()).isZero();
  }

  @Test
  void http2_parallelCalls_shareTheServersOneConnection() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    rig.balancer.service("orders", Rig.tlsAt("one", one));
    OkHttpClient client = rig.client();
    Rig.body(client, "https://orders/warm");
    CountDownLatch together = new CountDownLatch(4);
    one.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            together.countDown();
            boolean all = together.await(10, TimeUnit.SECONDS);
            return new MockResponse.Builder().body(all ? "one" : "alone").build();
          }
        });

    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      client.newCall(Rig.get("https://orders/" + i)).enqueue(BalancingTest.completing(answer));
      answers.add(answer);
    }

    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("one");
    }
    for (int i = 0; i < 5; i++) {
      assertThat(Rig.taken(one).getConnectionIndex()).isZero();
    }
  }

  @Test
  void clientWithoutTls_forAnHttpsServer_triesTls() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    rig.balancer.service("orders", Rig.tlsAt("one", one));
    OkHttpClient client =
        rig.track(Rig.builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build());

    // It has no trust of its own, and the platform's does not know the test's authority.
    assertThatThrownBy(() -> Rig.body(client, "http://orders/"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("PKIX");
  }

  @Test
  void clientWithoutPlainText_forAnHttpServer_speaksPlainText() throws Exception {
    rig.balancer.service("orders", Rig.at("one", rig.server("one")));
    OkHttpClient client =
        rig.track(Rig.builder().connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).build());

    assertThat(Rig.body(client, "https://orders/")).isEqualTo("one");
    assertThatThrownBy(() -> Rig.body(client, "http://orders/"))
        .isInstanceOf(UnknownServiceException.class);
  }

  @Test
  void priorKnowledge_toAnHttpsServer_negotiates() throws Exception {
    MockWebServer one = rig.tlsServer("one", "one");
    rig.balancer.service("orders", Rig.tlsAt("one", one));
    OkHttpClient client =
        rig.track(Rig.builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build());

    assertThat(Rig.body(client, "http://orders/")).isEqualTo("one");
    assertThat(Rig.taken(one).getHeaders().get(":scheme")).isEqualTo("https");
  }
}
