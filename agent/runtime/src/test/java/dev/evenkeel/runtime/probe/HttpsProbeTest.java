package dev.evenkeel.runtime.probe;

import static dev.evenkeel.runtime.probe.ProberFixture.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.Prober;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsProbeTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Prober.Result ANSWERED_200 = new Prober.Result(true, "probe answered 200");

  @TempDir static Path directory;
  private static Path keyStore;

  private final BlockingQueue<List<SNIServerName>> serverNames = new LinkedBlockingQueue<>();
  private ProberFixture fixture;

  @BeforeAll
  static void createCertificate() throws Exception {
    keyStore = directory.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=x",
                    "-ext",
                    "san=dns:localhost",
                    "-ext",
                    "bc=ca:true",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "changeit",
                    "-keystore",
                    keyStore.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void certificate_ofATrustedAuthorityAndTheRightName_isAccepted() throws Exception {
    fixture = new ProberFixture(System::nanoTime, HttpsProbeTest::trusting);
    try (ScriptedServer server = https()) {
      assertThat(fixture.probe("https://localhost:" + server.port(), Checks.plain()))
          .isEqualTo(ANSWERED_200);

      assertThat(await(serverNames).toString()).contains("localhost");
    }
  }

  @Test
  void certificate_ofAnotherName_isRefused() throws Exception {
    fixture = new ProberFixture(System::nanoTime, HttpsProbeTest::trusting);
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

      System.setProperty("javax.net.ssl.trustStore", keyStore.toString());
      System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      System.setProperty("javax.net.ssl.keyStore", keyStore.toString());
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
  void redirect_fromHttpToHttps_isFollowed() throws Exception {
    fixture = new ProberFixture(System::nanoTime, HttpsProbeTest::trusting);
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
    fixture = new ProberFixture(System::nanoTime, HttpsProbeTest::trusting);
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
    fixture = new ProberFixture(System::nanoTime, HttpsProbeTest::trusting);
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
          return trusting();
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
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
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

  private static SSLContext trusting() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore load() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
