package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.config.tls.Certificates;
import dev.evenkeel.config.tls.ClientCertificate;
import dev.evenkeel.config.tls.MaterialException;
import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TlsSpec.PeerName;
import dev.evenkeel.config.tls.TlsVersions;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * From a decoded entry of {@code http.serversTransports} to what it says about TLS, with its files
 * read. Not thread-safe; one per transport.
 */
final class TransportReader {
  private static final String ANY_VERSION =
      "expected: " + String.join(", ", TlsVersions.NAMES.subList(0, 3)) + " or VersionTLS13";

  /** The JVM's own. */
  static final TlsSpec NOTHING =
      new TlsSpec(null, true, List.of(), List.of(), List.of(), List.of(), true, List.of());

  private final Problems problems;

  TransportReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * What it says; to be used only if there was no fatal problem.
   *
   * @return null if it says nothing about TLS
   */
  @Nullable TlsSpec read(Section transport) {
    if (transport.isGiven("spiffe")) {
      problems.fatal(
          transport.place("spiffe"),
          "not supported by this version (expected: rootCAs, certificates and peerCertURI, with files"
              + " that the SPIFFE agent writes)");
    }
    String serverName = transport.text("serverName");
    boolean isSkipping = transport.flag("insecureSkipVerify");
    List<String> protocols = protocols(transport);
    TlsSpec spec =
        new TlsSpec(
            serverName.isEmpty() ? null : serverName,
            !isSkipping,
            authorities(transport),
            certificates(transport),
            protocols,
            suites(transport, protocols),
            !transport.flag("disableHTTP2"),
            peerNames(transport));
    if (isSkipping) {
      problems.note(
          transport.place("insecureSkipVerify"),
          spec.peerNames().isEmpty()
              ? "true: the certificates of these servers are not verified"
              : "true: the host names of these servers are not verified");
    }
    return spec.equals(NOTHING) ? null : spec;
  }

  /** What it says of our own connections. */
  TimeoutsSpec timeouts(Section transport) {
    Section timeouts = transport.section("forwardingTimeouts");
    return timeouts == null
        ? TimeoutsSpec.DEFAULT
        : new TimeoutsSpec(
            timeout(timeouts, "dialTimeout"), timeout(timeouts, "responseHeaderTimeout"));
  }

  private Duration timeout(Section timeouts, String key) {
    Duration time = timeouts.duration(key);
    if (time.isNegative()) {
      problems.fatal(
          timeouts.place(key), timeouts.printable(key) + " (expected: 0s, for none, or more)");
      return Duration.ZERO;
    }
    if (timeouts.isGiven(key)) {
      problems.note(
          timeouts.place(key),
          "for probes and mirrors; the application's own client says how long its calls wait");
    }
    return time;
  }

  private List<X509Certificate> authorities(Section transport) {
    List<X509Certificate> all = new ArrayList<>();
    for (Value value : transport.list("rootCAs")) {
      all.addAll(certificatesOf(value));
    }
    return all;
  }

  private List<ClientCertificate> certificates(Section transport) {
    List<ClientCertificate> all = new ArrayList<>();
    for (Value value : transport.list("certificates")) {
      Section pair = (Section) value.data();
      Value certificate = required(pair, "certFile");
      Value key = required(pair, "keyFile");
      List<X509Certificate> chain = certificate == null ? List.of() : certificatesOf(certificate);
      String keyText = key == null ? null : new PemText(problems).readKey(key);
      if (!chain.isEmpty() && key != null && keyText != null) {
        try {
          all.add(ClientCertificate.of(chain, keyText));
        } catch (MaterialException e) {
          problems.fatal(key.place(), key.printable() + " " + e.getMessage());
        }
      }
    }
    return all;
  }

  private @Nullable Value required(Section pair, String key) {
    if (!pair.isGiven(key)) {
      problems.fatal(pair.place(), "no " + key + " (expected: file, or PEM text)");
    }
    return pair.value(key);
  }

  /** Empty if there is a problem. */
  private List<X509Certificate> certificatesOf(Value value) {
    String text = new PemText(problems).read(value);
    try {
      return text == null ? List.of() : Certificates.read(text);
    } catch (MaterialException e) {
      problems.fatal(value.place(), value.printable() + " " + e.getMessage());
      return List.of();
    }
  }

  private List<String> protocols(Section transport) {
    String min = version(transport, "minVersion");
    String max = version(transport, "maxVersion");
    if (min == null && max == null) {
      return List.of();
    }
    if (min != null && max != null && min.compareTo(max) > 0) {
      problems.fatal(
          transport.place("minVersion"), min + " (expected: at most maxVersion, " + max + ")");
      return List.of();
    }
    List<String> range = TlsVersions.range(min, max);
    if (range.isEmpty()) {
      String last = max == null ? "minVersion" : "maxVersion";
      problems.fatal(
          transport.place(last),
          transport.printable(last)
              + ": switched off in this JVM by jdk.tls.disabledAlgorithms (expected: a newer one)");
    }
    return range;
  }

  private @Nullable String version(Section transport, String key) {
    String name = transport.text(key);
    if (name.isEmpty() || TlsVersions.NAMES.contains(name)) {
      return name.isEmpty() ? null : name;
    }
    problems.fatal(transport.place(key), transport.printable(key) + " (" + ANY_VERSION + ")");
    return null;
  }

  private List<String> suites(Section transport, List<String> protocols) {
    List<Value> values = transport.list("cipherSuites");
    if (values.isEmpty()) {
      return List.of();
    }
    SSLContext context = context(transport);
    List<String> known = context == null ? List.of() : TlsVersions.knownSuites(context);
    List<String> suites = new ArrayList<>();
    for (Value value : values) {
      String suite = TlsVersions.suite(value.data().toString(), known);
      if (suite == null) {
        String nearest = Nearest.find(value.data().toString(), known);
        String hint = nearest == null ? "one that this JVM has" : nearest;
        problems.fatal(
            value.place(), value.printable() + ": unknown cipher suite (expected: " + hint + ")");
      } else {
        suites.add(suite);
      }
    }
    if (context == null || suites.isEmpty()) {
      return List.of();
    }
    boolean isOldOnly = !protocols.isEmpty() && !protocols.contains("TLSv1.3");
    List<String> all = isOldOnly ? suites : TlsVersions.withNewest(suites, context);
    if (!TlsVersions.isUsable(all, protocols)) {
      problems.fatal(
          transport.place("cipherSuites"),
          "none of them belongs to "
              + String.join(", ", protocols)
              + " (expected: suites of the versions that are allowed)");
    }
    return all;
  }

  private @Nullable SSLContext context(Section transport) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // Without trust managers: the JVM's default would be read from its file.
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      problems.fatal(transport.place("cipherSuites"), "this JVM has no TLS: " + e);
      return null;
    }
  }

  private List<PeerName> peerNames(Section transport) {
    List<PeerName> names = new ArrayList<>();
    String uri = transport.text("peerCertURI");
    if (!uri.isEmpty()) {
      names.add(new PeerName(PeerName.URI, uri));
    }
    for (Value value : transport.list("peerCertSANs")) {
      Section name = (Section) value.data();
      String type = name.text("type");
      if (!type.equals("URI") && !type.equals("DNSName")) {
        problems.fatal(
            name.place("type"),
            (type.isEmpty() ? "no type" : name.printable("type")) + " (expected: URI or DNSName)");
      }
      if (name.text("value").isEmpty()) {
        problems.fatal(name.place(), "no value (expected: the name)");
      }
      names.add(new PeerName(type.equals("URI") ? PeerName.URI : PeerName.DNS, name.text("value")));
    }
    return names;
  }
}
