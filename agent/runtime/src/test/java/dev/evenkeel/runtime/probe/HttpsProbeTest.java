package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TlsSpec.PeerName;
import dev.evenkeel.config.tls.TransportTls;
import dev.evenkeel.runtime.socket.MutualTls;
import dev.evenkeel.runtime.socket.ScriptedServer;
import dev.evenkeel.runtime.socket.ServerCertificate;
import dev.evenkeel.runtime.socket.TlsContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsProbeTest {
  private static final Prober.Result ANSWERED_200 =
      new Prober.Result(true, "probe answered 200", new Prober.Answer(200, null, null));

  @TempDir static Path directory;
  private static ServerCertificate certificate;

  private final BlockingQueue<List<SNIServerName>> serverNames = new LinkedBlockingQueue<>();
  private ProberFixture fixture;

  @BeforeAll
  static void createCertificate() throws Exception {
    certificate = ServerCertificate.createdIn(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void certificate_ofATrustedAuthorityAndTheRightName_isAccepted() throws Exception {
    fixture = new ProberFixture(System::nanoTime, certificate::trusting);
    try (ScriptedServer server = https()) {
      assertThat(fixture.probe("https://localhost:" + server.port(), Checks.plain()))
          .isEqualTo(ANSWERED_200);

      assertThat(await(serverNames).toString()).contains("localhost");
    }
  }

  @Test
  void certificate_ofAnotherName_isRefused() throws Exception {
    fixture = new ProberFixture(System::nanoTime, certificate::trusting);
    try (ScriptedServer server = https()) {
      Prober.Result result = fixture.probe("https://127.0.0.1:" + server.port(), Checks.plain());

      assertThat(result.isHealthy()).isFalse();
      assertThat(result.text()).startsWith("probe failed: TLS: ").contains("127.0.0.1");
    }
  }

  @Test
  void certificate_ofAnUnknownAuthority_isRefusedUntilThePropertiesNameIt() throws Exception {
    fixture = new ProberFixture();
    try (ScriptedServer server = https()) {
      String url = "https://localhost:" + server.port();
      assertThat(fixture.probe(url, Checks.plain()).text())
          .startsWith("probe failed: TLS: ")
          .contains("PKIX path building failed");

      System.setProperty("javax.net.ssl.trustStore", certificate.keyStore().toString());
      System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      System.setProperty("javax.net.ssl.keyStore", certificate.keyStore().toString());
      System.setProperty("javax.net.ssl.keyStorePassword", "changeit");
      assertThat(fixture.probe(url, Checks.plain())).isEqualTo(ANSWERED_200);
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
      System.clearProperty("javax.net.ssl.keyStore");
      System.clearProperty("javax.net.ssl.keyStorePassword");
    }
  }

  @Test
  void server_withATransport_isAskedThroughIt() throws Exception {
    fixture = new ProberFixture();
    try (ScriptedServer server = https()) {
      ServerSpec asked = ServerSpec.of("https://127.0.0.1:" + server.port(), 1);

      assertThat(fixture.probe(asked.with(transport("localhost")))).isEqualTo(ANSWERED_200);
      assertThat(await(serverNames).toString()).contains("localhost");
      assertThat(fixture.probe(asked.with(transport("other.test"))).text())
          .startsWith("probe failed: TLS: ")
          .contains("other.test");
      assertThat(fixture.probe(asked.with(transport(null))).isHealthy()).isFalse();
    }
  }

  @Test
  void server_thatIsAnAddressOfAName_isVerifiedByTheName() throws Exception {
    fixture = new ProberFixture();
    try (ScriptedServer server = https()) {
      ServerSpec named = ServerSpec.of("https://localhost:" + server.port(), 1);
      ServerSpec address = named.at("127.0.0.1");

      assertThat(fixture.probe(address.with(transport("localhost")))).isEqualTo(ANSWERED_200);
      assertThat(await(serverNames).toString()).contains("localhost");
      assertThat(fixture.probe(address.with(transport("other.test"))).isHealthy()).isFalse();
    }
  }

  @Test
  void server_thatAsksForACertificate_getsItFromTheTransportOnly() throws Exception {
    fixture = new ProberFixture();
    MutualTls mutual = new MutualTls(certificate);
    try (ScriptedServer server =
        ScriptedServer.running(
            mutual.serverSocket(),
            (request, connection) -> ScriptedServer.send(connection, "HTTP/1.1 200 OK\r\n\r\n"))) {
      ServerSpec asked = ServerSpec.of("https://127.0.0.1:" + server.port(), 1);

      assertThat(fixture.probe(asked.with(mutual.whole()))).isEqualTo(ANSWERED_200);
      assertThat(await(server.requests)).startsWith("GET /health HTTP/1.1");
      for (TransportTls wanting : mutual.wanting()) {
        assertThat(fixture.probe(asked.with(wanting)).isHealthy()).isFalse();
      }
      assertThat(server.requests).isEmpty();
    }
  }

  /** As in Traefik, also where host names are not verified, and never without an authority. */
  @Test
  void transport_withPeerNames_acceptsCertificatesThatBearOne() throws Exception {
    fixture = new ProberFixture();
    List<X509Certificate> own = List.of(certificate.certificate());
    PeerName localhost = new PeerName(PeerName.DNS, "localhost");
    PeerName other = new PeerName(PeerName.URI, "spiffe://other");
    try (ScriptedServer server = https()) {
      ServerSpec asked = ServerSpec.of("https://127.0.0.1:" + server.port(), 1);

      assertThat(fixture.probe(asked.with(transport(null, false, own, other, localhost))))
          .isEqualTo(ANSWERED_200);
      assertThat(fixture.probe(asked.with(transport(null, false, own, other))).text())
          .contains("no expected peer name");
      assertThat(fixture.probe(asked.with(transport("localhost", true, own, other))).text())
          .contains("no expected peer name");
      assertThat(fixture.probe(asked.with(transport(null, false, List.of(), localhost))).text())
          .contains("PKIX path building failed");
    }
  }

  private static TransportTls transport(@Nullable String serverName) throws Exception {
    return transport(serverName, true, List.of(certificate.certificate()));
  }

  private static TransportTls transport(
      @Nullable String serverName,
      boolean isVerifying,
      List<X509Certificate> authorities,
      PeerName... peers)
      throws Exception {
    return new TransportTls(
        new TlsSpec(
            serverName,
            isVerifying,
            authorities,
            List.of(),
            List.of(),
            List.of(),
            true,
            List.of(peers)));
  }

  @Test
  void redirect_fromHttpToHttps_isFollowed() throws Exception {
    fixture = new ProberFixture(System::nanoTime, certificate::trusting);
    try (ScriptedServer last = https();
        ScriptedServer first =
            ScriptedServer.answering(
                "HTTP/1.1 308 On\r\nLocation: https://localhost:%d/\r\n\r\n"
                    .formatted(last.port()))) {
      assertThat(fixture.probe(first.url(), Checks.plain())).isEqualTo(ANSWERED_200);
    }
  }

  @Test
  void server_withoutTls_isUnhealthy() throws Exception {
    fixture = new ProberFixture(System::nanoTime, certificate::trusting);
    try (ScriptedServer server =
        new ScriptedServer(
            new ServerSocket(0, 1, InetAddress.getLoopbackAddress()),
            connection -> ScriptedServer.send(connection, "HTTP/1.1 400 Bad\r\n\r\n"))) {
      assertThat(fixture.probe("https://localhost:" + server.port(), Checks.plain()).text())
          .startsWith("probe failed: TLS: ");
    }
  }

  @Test
  void handshake_withASilentServer_isCutAtTheDeadline() throws Exception {
    CountDownLatch isConnected = new CountDownLatch(1);
    fixture = new ProberFixture(System::nanoTime, certificate::trusting);
    try (ScriptedServer server =
        new ScriptedServer(
            new ServerSocket(0, 1, InetAddress.getLoopbackAddress()),
            connection -> {
              isConnected.countDown();
              ScriptedServer.awaitClose(connection);
            })) {
      fixture.start("https://localhost:" + server.port(), Checks.plain());
      isConnected.await();

      fixture.loop.fire();

      assertThat(await(fixture.results).text()).isEqualTo("probe timed out after 5s");
      await(server.closedByClient);
    }
  }

  @Test
  void step_thatNoSocketTimeoutReaches_endsAtTheDeadline() throws Exception {
    CountDownLatch isStuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TlsContext stuck =
        () -> {
          isStuck.countDown();
          awaitQuietly(release);
          return certificate.trusting();
        };
    fixture = new ProberFixture(System::nanoTime, stuck);
    try (ScriptedServer server = https()) {
      fixture.start("https://localhost:" + server.port(), Checks.plain());
      isStuck.await();

      fixture.loop.fire();

      assertThat(await(fixture.results).text()).isEqualTo("probe timed out after 5s");
    } finally {
      release.countDown();
    }
  }

  private ScriptedServer https() throws Exception {
    SSLServerSocket socket =
        (SSLServerSocket)
            certificate
                .serving()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    return ScriptedServer.running(
        socket,
        (request, connection) -> {
          ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) connection).getSession();
          serverNames.add(session.getRequestedServerNames());
          ScriptedServer.send(connection, "HTTP/1.1 200 OK\r\n\r\n");
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
