package dev.evenkeel.config.tls;

import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The versions and cipher suites of TLS, in Go's words and in the JDK's. Immutable. */
public final class TlsVersions {
  /** Go's names, in order. */
  public static final List<String> NAMES =
      List.of("VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13");

  private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final String NEWEST = "TLSv1.3";

  private TlsVersions() {}

  /**
   * The JDK's names for a range of versions, without those that this JVM has switched off.
   *
   * @param min one of {@link #NAMES}; null: no lower bound
   * @param max one of {@link #NAMES}; null: no upper bound
   */
  public static List<String> range(@Nullable String min, @Nullable String max) {
    String property = Security.getProperty("jdk.tls.disabledAlgorithms");
    List<String> disabled =
        property == null ? List.of() : Arrays.asList(property.trim().split("\\s*,\\s*"));
    int first = min == null ? 0 : NAMES.indexOf(min);
    int last = max == null ? NAMES.size() - 1 : NAMES.indexOf(max);
    List<String> range = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      if (!disabled.contains(PROTOCOLS.get(i))) {
        range.add(PROTOCOLS.get(i));
      }
    }
    return range;
  }

  /** The names of all cipher suites that this JVM can be told to use. */
  public static List<String> knownSuites(SSLContext context) {
    return List.of(context.getSupportedSSLParameters().getCipherSuites());
  }

  /** The JDK's name of a suite; null if it knows none. Go leaves away what two names end with. */
  public static @Nullable String suite(String name, List<String> known) {
    for (String form : List.of(name, name + "_SHA256", name.replaceFirst("^TLS_", "SSL_"))) {
      if (known.contains(form)) {
        return form;
      }
    }
    return null;
  }

  /**
   * Suites together with all of TLS 1.3 where none of these is named: Go, and so Traefik, does not
   * let them be chosen, so a list without them forbids nothing.
   */
  public static List<String> withNewest(List<String> suites, SSLContext context) {
    if (suites.stream().anyMatch(TlsVersions::isOfNewest)) {
      return suites;
    }
    List<String> all = new ArrayList<>(suites);
    for (String suite : context.getDefaultSSLParameters().getCipherSuites()) {
      if (isOfNewest(suite)) {
        all.add(suite);
      }
    }
    return all;
  }

  /** Whether one of the suites belongs to one of the protocols; either may be empty: any. */
  public static boolean isUsable(List<String> suites, List<String> protocols) {
    if (suites.isEmpty() || protocols.isEmpty()) {
      return true;
    }
    return suites.stream()
        .anyMatch(
            suite ->
                isOfNewest(suite)
                    ? protocols.contains(NEWEST)
                    : !protocols.equals(List.of(NEWEST)));
  }

  /** RFC 8446, appendix B.4: names of older suites say how keys are exchanged. */
  private static boolean isOfNewest(String suite) {
    return suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
  }
}
