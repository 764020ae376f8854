package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.spi.ServerTls;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers transports: what is wrong with one is said, and none is less safe than it was meant. */
class TransportReaderTest {
  private static final String AT = "balance.yml:6 http.serversTransports.t";

  @TempDir static Path material;
  private static PemFiles rsa;
  private static PemFiles ec;

  @TempDir Path folder;

  @BeforeAll
  static void createMaterial() {
    rsa = PemFiles.create(material, "RSA");
    ec = PemFiles.create(material, "EC");
    PemFiles.file(material, "ca.pem", rsa.certificate());
    PemFiles.file(material, "rsa.key", rsa.pkcs8());
    PemFiles.file(material, "ec.key", ec.pkcs8());
    PemFiles.file(material, "text.pem", "no PEM");
    PemFiles.file(material, "torn.pem", PemFiles.pem("CERTIFICATE", new byte[] {1, 2, 3}));
    PemFiles.file(material, "torn.key", PemFiles.pem("PRIVATE KEY", new byte[] {1, 2, 3}));
    PemFiles.file(
        material, "odd.pem", "-----BEGIN CERTIFICATE-----\n=?\n-----END CERTIFICATE-----");
    PemFiles.file(material, "new.key", PemFiles.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
    PemFiles.file(
        material,
        "old.key",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----");
  }

  private Loads transport(String entries) {
    return Loads.file(
        folder,
        "http:",
        "  services:",
        "    orders:",
        "      loadBalancer: { serversTransport: t@file, servers: [ { url: 'https://a' } ] }",
        "  serversTransports:",
        "    t: { " + entries.replace("$", material + "/") + " }");
  }

  private static @Nullable ServerTls tls(Configuration loaded) {
    LoadBalancerSpec service = (LoadBalancerSpec) loaded.spec().services().get(0);
    return service.servers().get(0).tls();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rootCAs: [ $no.pem ]|.rootCAs[0]: $no.pem: no such file (expected: name of a PEM file, or PEM)",
        "rootCAs: $|.rootCAs[0]: $: not a regular file (expected: name of a PEM file, or PEM)",
        "rootCAs: [ $text.pem ]|.rootCAs[0]: $text.pem holds no certificate (expected: PEM with"
            + " -----BEGIN CERTIFICATE-----)",
        "rootCAs: [ $torn.pem ]|.rootCAs[0]: $torn.pem holds a certificate that cannot be read"
            + " (expected: X.509 as PEM)",
        "rootCAs: [ $odd.pem ]|.rootCAs[0]: $odd.pem holds a block CERTIFICATE that is not Base64",
        "certificates: [ { certFile: $ca.pem } ]|.certificates[0]: no keyFile (expected: file, or PEM"
            + " text)",
        "certificates: [ { certFile: $ca.pem, keyFile: $ca.pem } ]|.certificates[0].keyFile: $ca.pem"
            + " holds no private key (expected: PEM with -----BEGIN PRIVATE KEY-----)",
        "certificates: [ { certFile: $ca.pem, keyFile: $torn.key } ]|.certificates[0].keyFile:"
            + " $torn.key holds no private key of the certificate's kind, RSA, that can be read"
            + " (expected: PEM with -----BEGIN PRIVATE KEY-----)",
        "certificates: [ { certFile: $ca.pem, keyFile: $new.key } ]|.certificates[0].keyFile: $new.key"
            + " holds an encrypted private key (expected: a key without a password)",
        "certificates: [ { certFile: $ca.pem, keyFile: $old.key } ]|.certificates[0].keyFile: $old.key"
            + " holds an encrypted private key (expected: a key without a password)",
        "minVersion: TLS12|.minVersion: TLS12 (expected: VersionTLS10, VersionTLS11, VersionTLS12 or"
            + " VersionTLS13)",
        "minVersion: VersionTLS13, maxVersion: VersionTLS12|.minVersion: VersionTLS13 (expected: at"
            + " most maxVersion, VersionTLS12)",
        "maxVersion: VersionTLS10|.maxVersion: VersionTLS10: switched off in this JVM by"
            + " jdk.tls.disabledAlgorithms (expected: a newer one)",
        "cipherSuites: [ TLS_AES_128_GCM_SHA265 ]|.cipherSuites[0]: TLS_AES_128_GCM_SHA265: unknown"
            + " cipher suite (expected: TLS_AES_128_GCM_SHA256)",
        "cipherSuites: TLS_AES_128_GCM_SHA256, maxVersion: VersionTLS12|.cipherSuites: none of them"
            + " belongs to TLSv1.2 (expected: suites of the versions that are allowed)",
        "spiffe: { ids: [ 'spiffe://x' ] }|.spiffe: not supported by this version (expected: rootCAs,"
            + " certificates and peerCertURI, with files that the SPIFFE agent writes)",
        "peerCertSANs: [ { type: IP, value: x } ]|.peerCertSANs[0].type: IP (expected: URI or DNSName)",
        "forwardingTimeouts: { dialTimeout: -1s }|.forwardingTimeouts.dialTimeout: -1s (expected: 0s,"
            + " for none, or more)",
        "rootCA: x|.rootCA: unknown key (did you mean: rootCAs?)",
      })
  void transport_wrong_isOneMessageAndRefused(String entries, String problem) {
    Configuration loaded = transport(entries).load();

    assertThat(loaded.isUsable()).isFalse();
    assertThat(loaded.lines())
        .singleElement()
        .asString()
        .endsWith(AT + problem.replace("$", material + "/"));
  }

  @Test
  void transport_withAKeyInEachForm_isUsable() {
    for (PemFiles pair : List.of(rsa, ec)) {
      for (String key : List.of(pair.pkcs8(), pair.older())) {
        String keyFile = PemFiles.file(folder, "own.key", key);
        String certFile = PemFiles.file(folder, "own.pem", pair.certificate());

        Loads loads =
            transport("certificates: [ { certFile: " + certFile + ", keyFile: " + keyFile + " } ]");

        assertThat(loads.lines()).isEmpty();
        assertThat(tls(loads.load())).isNotNull();
      }
    }
  }

  @Test
  void key_ofAnotherCertificateGivenAsText_isRefusedWithoutBeingShown() {
    Loads loads =
        Loads.nothing()
            .property("services.orders", "https://a")
            .property("http.services.orders.loadBalancer.serversTransport", "t")
            .property("http.serversTransports.t.certificates[0].certFile", rsa.certificate())
            .property(
                "http.serversTransports.t.certificates[0].keyFile",
                PemFiles.create(folder, "RSA").pkcs8())
            .property("http.serversTransports.t.serverName", "x")
            .property("http.serversTransports.t.disableHTTP2", rsa.pkcs8());

    assertThat(loads.lines())
        .containsExactlyInAnyOrder(
            "evenkeel.http.serversTransports.t.certificates[0].keyFile: a PEM text is not the key of"
                + " the certificate (expected: its own key)",
            "evenkeel.http.serversTransports.t.disableHTTP2: a PEM text (expected: true or false)");
  }

  @Test
  void key_thatLostItsFirstLine_isNotTakenForAFileToShow() {
    String body = ec.pkcs8().lines().filter(line -> !line.startsWith("-")).findFirst().orElse("");
    assertThat(body).hasSize(64);

    assertThat(
            transport("certificates: [ { certFile: $ca.pem, keyFile: '" + body + "' } ]").lines())
        .containsExactly(
            AT + ".certificates[0].keyFile: no such file (expected: name of a PEM file, or PEM)");
  }

  @Test
  void transport_unknown_isRefusedWithTheNearest() {
    assertThat(
            Loads.file(
                    folder,
                    "http:",
                    "  serversTransports: { mutual: { serverName: x } }",
                    "  services:",
                    "    orders: { loadBalancer: { serversTransport: mutal, servers: [] } }")
                .lines())
        .contains(
            "balance.yml:4 http.services.orders.loadBalancer.serversTransport: mutal: no such"
                + " servers transport (did you mean: mutual?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default@internal", "''"})
  void transport_thatIsTraefiksDefault_saysNothing(String name) {
    Configuration loaded =
        Loads.file(
                folder,
                "http: { services: { orders: { loadBalancer: {",
                "  serversTransport: " + name + ", servers: [ { url: 'https://a' } ] } } } }")
            .load();

    assertThat(loaded.lines()).isEmpty();
    assertThat(tls(loaded)).isNull();
  }

  @Test
  void transport_thatNobodyNames_isInNobodysWay() {
    Loads loads =
        Loads.file(
            folder,
            "http:",
            "  serversTransports: { t: { rootCAs: [ /no/such/ca.pem ], spiffe: {} } }",
            "  services: { orders: { loadBalancer: { servers: [ { url: 'https://a' } ] } } }");

    assertThat(loads.lines()).hasSize(2).allMatch(line -> line.contains("serversTransports.t."));
    assertThat(loads.load().isUsable()).isTrue();
  }

  @Test
  void transport_thatSaysNothingAboutTls_leavesTlsToTheApplication() {
    Loads loads = transport("maxIdleConnsPerHost: 5, forwardingTimeouts: { dialTimeout: 1s }");

    assertThat(loads.lines())
        .containsExactly(
            AT
                + ".maxIdleConnsPerHost: not applicable in a client: the application's own client"
                + " says how it connects",
            AT
                + ".forwardingTimeouts.dialTimeout: for probes and mirrors; the application's own"
                + " client says how long its calls wait");
    assertThat(loads.load().isUsable()).isTrue();
    assertThat(tls(loads.load())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serverName: x|30s|0s",
        "forwardingTimeouts: { pingTimeout: 1 }|30s|0s",
        "forwardingTimeouts: { dialTimeout: 0, responseHeaderTimeout: 2 }|0s|2s",
        "forwardingTimeouts: { dialTimeout: 1m30s }, disableHTTP2: true|1m30s|0s",
      })
  void timeouts_areThoseOfTheServers(String entries, String dial, String responseHeader) {
    LoadBalancerSpec service =
        (LoadBalancerSpec) transport(entries).load().spec().services().get(0);

    TimeoutsSpec timeouts = service.servers().get(0).timeouts();
    assertThat(Durations.print(timeouts.dial())).isEqualTo(dial);
    assertThat(Durations.print(timeouts.responseHeader())).isEqualTo(responseHeader);
  }

  @Test
  void versionsAndSuites_areWhatTheSocketsAllow() {
    ServerTls newest = tls(transport("minVersion: VersionTLS13").load());
    ServerTls older = tls(transport("maxVersion: VersionTLS12, disableHTTP2: true").load());
    ServerTls suites =
        tls(transport("cipherSuites: [ TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305 ]").load());

    assertThat(newest.context().createSSLEngine("h", 1).getSSLParameters().getProtocols())
        .containsExactly("TLSv1.3");
    assertThat(newest.isHttp2Allowed()).isTrue();
    assertThat(older.context().createSSLEngine("h", 1).getSSLParameters().getProtocols())
        .containsExactly("TLSv1.2");
    assertThat(older.isHttp2Allowed()).isFalse();
    assertThat(suites.context().createSSLEngine("h", 1).getEnabledCipherSuites())
        .contains("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256")
        .doesNotContain("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void httpsServers_thatAreLookedUp_haveTheTlsOfTheirNames() {
    List<ServerTls> none = lookedUp("");
    List<ServerTls> unnamed = lookedUp("serversTransport: t,");
    List<ServerTls> named = lookedUp("serversTransport: named,");

    assertThat(List.of(nameOf(none.get(0)), nameOf(none.get(1))))
        .containsExactly("a.test", "b.test");
    assertThat(none.get(0)).isSameAs(none.get(2));
    assertThat(none.get(3)).as("of an address").isNull();
    assertThat(List.of(nameOf(unnamed.get(0)), nameOf(unnamed.get(1))))
        .containsExactly("a.test", "b.test");
    assertThat(nameOf(unnamed.get(3))).as("of an address").isEqualTo("10.0.0.1");
    assertThat(named).hasSize(4).containsOnly(named.get(0));
    assertThat(nameOf(named.get(0))).isEqualTo("x.test");
  }

  private List<@Nullable ServerTls> lookedUp(String named) {
    KnownTransports known = new KnownTransports();
    Settings settings =
        Loads.file(
                folder,
                "http:",
                "  services:",
                "    orders: { loadBalancer: { " + named + " servers: [ { url: 'https://a.test' },",
                "      { url: 'https://b.test' }, { url: 'https://a.test:81' }, { url: 'https://10.0.0.1' } ] } }",
                "  serversTransports: { t: { minVersion: VersionTLS12 }, named: { serverName: x.test } }",
                "evenkeel: { services: { orders: { dns: {} } } }")
            .settings();
    List<@Nullable ServerTls> tls = allTls(Configuration.load(settings, known));
    assertThat(allTls(Configuration.load(settings, known))).isEqualTo(tls);
    return tls;
  }

  private static List<@Nullable ServerTls> allTls(Configuration loaded) {
    assertThat(loaded.lines()).isEmpty();
    LoadBalancerSpec service = (LoadBalancerSpec) loaded.spec().services().get(0);
    return service.servers().stream().map(ServerSpec::tls).collect(Collectors.toList());
  }

  private static String nameOf(@Nullable ServerTls tls) {
    return tls.context().createSSLEngine("10.0.0.1", 1).getPeerHost();
  }

  @Test
  void insecureSkipVerify_isSaid() {
    assertThat(transport("insecureSkipVerify: true").lines())
        .containsExactly(
            AT + ".insecureSkipVerify: true: the certificates of these servers are not verified");
  }

  @Test
  void transport_readAgain_isTheSameUntilItsFilesChange() {
    String ca = PemFiles.file(folder, "own.pem", rsa.certificate());
    KnownTransports known = new KnownTransports();
    Settings settings = transport("rootCAs: [ " + ca + " ]").settings();

    ServerTls first = tls(Configuration.load(settings, known));
    assertThat(tls(Configuration.load(settings, known))).isNotNull().isSameAs(first);

    Settings broken = transport("rootCAs: [ /no/such/ca.pem ]").settings();
    assertThat(Configuration.load(broken, known).isUsable()).isFalse();
    settings = transport("rootCAs: [ " + ca + " ]").settings();
    assertThat(tls(Configuration.load(settings, known))).isSameAs(first);

    PemFiles.file(folder, "own.pem", ec.certificate());
    assertThat(tls(Configuration.load(settings, known))).isNotSameAs(first);
  }
}
