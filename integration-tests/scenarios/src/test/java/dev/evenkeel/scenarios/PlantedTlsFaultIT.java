package dev.evenkeel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.testkit.jvm.FaultyAgentJar;
import dev.evenkeel.testkit.server.ServerFleet;
import dev.evenkeel.testkit.server.TestServer;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A fault of ours where the TLS of a servers transport is made: the application's own is not spoken
 * with such a server, though it would be good enough here.
 */
class PlantedTlsFaultIT {
  private static final String PASSWORD = "changeit";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "jdk-httpclient, jdkhttpclient.EngineAdvice, engine",
    "jdk-httpclient, jdkhttpclient.TransportTls, engine",
    "jdk-httpclient, jdkhttpclient.TransportTls, address",
    "jdk-httpclient, jdkhttpclient.Calls, address",
    "jdk-httpclient, jdkhttpclient.AddressAdvice, find",
    "jdk-httpclient, jdkhttpclient.SecureAdvice, secure",
    "url-connection, urlconnection.OpenAdvice, exit",
    "url-connection, urlconnection.Calls, leaveOpen",
    "url-connection, urlconnection.Tls, secure",
  })
  void fault_seenBeforeTheCallGoesOut_leavesTheCallUnchanged(
      String client, String className, String method) throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      TestServer balanced = fleet.https("balanced");

      List<String> outcomes =
          outcomes(fleet, fleet.http("direct"), balanced, client, className, method, 3);

      assertThat(outcomes).containsOnly("200 direct").hasSize(3);
      assertThat(balanced.received()).isEmpty();
    }
  }

  /** One of the two speaks TLS where the other does not, or the transport's. */
  @ParameterizedTest
  @CsvSource({
    "https, url-connection, urlconnection.CreateSocketAdvice, enter",
    "https, url-connection, urlconnection.HandshakeAdvice, enter",
    "https, url-connection, urlconnection.Handshakes, enter",
    "https, url-connection, urlconnection.Tls, lend",
    "http, url-connection, urlconnection.CreateSocketAdvice, enter",
    "http, url-connection, urlconnection.HandshakeAdvice, enter",
    "http, jdk-httpclient, jdkhttpclient.SecureAdvice, secure",
    "http, jdk-httpclient, jdkhttpclient.AddressAdvice, find",
  })
  void fault_inACallByHttps_leavesTheCallUnchanged(
      String scheme, String client, String className, String method) throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      TestServer balanced =
          scheme.equals("https") ? fleet.https("balanced") : fleet.http("balanced");

      List<String> outcomes =
          outcomes(fleet, fleet.https("direct"), balanced, client, className, method, 3);

      assertThat(outcomes).containsOnly("200 direct").hasSize(3);
      assertThat(balanced.received()).isEmpty();
    }
  }

  /** The connection was made by then, and is kept: there is one fault. */
  @ParameterizedTest
  @CsvSource({"jdk-httpclient, jdkhttpclient.SslConnectionAdvice, exit"})
  void fault_seenAfterConnecting_leavesTheResponse(String client, String className, String method)
      throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      TestServer balanced = fleet.https("balanced");

      List<String> outcomes =
          outcomes(fleet, fleet.http("direct"), balanced, client, className, method, 1);

      assertThat(outcomes).containsOnly("200 balanced").hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"jdk-httpclient, jdkhttpclient.SslConnectionAdvice, enter"})
  void fault_seenWhileConnecting_failsTheHandshake(String client, String className, String method)
      throws Exception {
    try (ServerFleet fleet = new ServerFleet()) {
      TestServer balanced = fleet.https("balanced");

      List<String> outcomes =
          outcomes(fleet, fleet.http("direct"), balanced, client, className, method, 3);

      assertThat(outcomes).hasSize(3).allMatch(text -> text.startsWith("javax.net.ssl.SSL"));
      assertThat(balanced.received()).isEmpty();
    }
  }

  /**
   * What three calls to the server {@code direct} come to, whose host is that of a service.
   *
   * @param faults at least so many
   */
  private List<String> outcomes(
      ServerFleet fleet,
      TestServer direct,
      TestServer balanced,
      String client,
      String className,
      String method,
      int faults)
      throws Exception {
    Path faulty = directory.resolve("faulty.jar");
    FaultyAgentJar.plant(Application.AGENT, "dev.evenkeel." + className, method, faulty);
    Path config = directory.resolve("balance.yml");
    Files.writeString(
        config,
        """
        http:
          services:
            "%s":
              loadBalancer:
                servers: [ { url: "%s" } ]
                serversTransport: t
          serversTransports: { t: { rootCAs: [ %s ] } }
        """
            .formatted(host(direct), balanced.url(), fleet.authorityPem()));
    Path hosts = directory.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 localhost " + host(direct) + " " + host(balanced) + "\n");
    try (Application app =
        Application.start(
            Path.of(System.getProperty("java.home")),
            "-javaagent:" + faulty,
            "-Devenkeel.config=" + config,
            "-Djdk.net.hosts.file=" + hosts,
            "-Djavax.net.ssl.trustStore=" + trustStore(fleet),
            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
            "-Djdk.internal.httpclient.disableHostnameVerification=true")) {
      List<String> outcomes = app.call(client, 3, direct.url() + "/");
      app.jvm().awaitStderr(FaultyAgentJar.MESSAGE);
      try (Console console = Console.on(app.jvm().pid())) {
        assertThat((Long) console.attribute(Console.AGENT, "FailOpenCount"))
            .isGreaterThanOrEqualTo(faults);
      }
      return outcomes;
    }
  }

  private static String host(TestServer server) {
    return URI.create(server.url()).getHost();
  }

  /** With the authority of the fleet's certificates. */
  private Path trustStore(ServerFleet fleet) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate authority = fleet.trust().trustManager().getAcceptedIssuers()[0];
    store.setCertificateEntry("authority", authority);
    Path file = directory.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }
}
