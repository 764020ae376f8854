package dev.evenkeel.balancer.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * One server of a service. Immutable.
 *
 * @param url exactly as configured: with the service's name it is the server's identity
 * @param scheme {@code http} or {@code https}
 * @param host name or address, IPv6 without brackets
 * @param port 1..65535
 * @param weight 0..{@value #MAX_TOTAL_WEIGHT}; 0 takes no new calls, but keeps the sessions it has
 */
public record ServerSpec(String url, String scheme, String host, int port, int weight) {
  /** The largest weight a file may give one server. */
  public static final int MAX_WEIGHT = 65_535;

  /** The largest weight that one URL listed many times may add up to. */
  public static final int MAX_TOTAL_WEIGHT = 1 << 24;

  public ServerSpec {
    if (weight < 0 || weight > MAX_TOTAL_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: " + weight + " (expected: integer 0.." + MAX_TOTAL_WEIGHT + ")");
    }
  }

  /**
   * Parses a server's URL. Its path, query and fragment are dropped when a call is sent, as Traefik
   * does.
   *
   * @throws IllegalArgumentException with {@code value (expected: …)} if it is not an absolute http
   *     or https URL with a host
   */
  public static ServerSpec of(String url, int weight) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw malformed(url);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    int port = uri.getPort();
    boolean isHttp = scheme.equals("http") || scheme.equals("https");
    if (!isHttp || host == null || port == 0 || port > 65_535) {
      throw malformed(url);
    }
    if (port == -1) {
      port = scheme.equals("https") ? 443 : 80;
    }
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    return new ServerSpec(url, scheme, host, port, weight);
  }

  /** The host and port as a Host header names them: IPv6 in brackets, no default port. */
  public String authority() {
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    boolean isDefault = port == (scheme.equals("https") ? 443 : 80);
    return isDefault ? bracketed : bracketed + ":" + port;
  }

  ServerSpec plus(ServerSpec other) {
    return new ServerSpec(url, scheme, host, port, weight + other.weight);
  }

  private static IllegalArgumentException malformed(String url) {
    return new IllegalArgumentException(
        url + " (expected: URL such as http://10.0.0.1:8080 or https://host)");
  }
}
