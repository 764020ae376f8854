package dev.evenkeel.balancer.spec;

import dev.evenkeel.spi.ServerTls;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server of a service. Immutable.
 *
 * @param url exactly as configured: with the service's name it is the server's identity
 * @param scheme {@code http}, {@code https}, or {@code h2c} for HTTP/2 in plain text
 * @param host name or address to connect to, IPv6 without brackets
 * @param port 1..65535
 * @param weight 0..{@value #MAX_TOTAL_WEIGHT}; 0 takes no new calls, but keeps the sessions it has
 * @param name the host as it was configured: that of which {@code host} is one address, else {@code
 *     host}
 * @param path what is put before the path of each call, as {@link dev.evenkeel.spi.Server#path} has
 *     it; empty for nothing
 * @param tls how TLS is spoken with it: by identity, since connections of two are not the same;
 *     null where its service names no servers transport
 * @param timeouts of our own connections to it
 */
public record ServerSpec(
    String url,
    String scheme,
    String host,
    int port,
    int weight,
    String name,
    String path,
    @Nullable ServerTls tls,
    TimeoutsSpec timeouts) {
  /** The largest weight a file may give one server. */
  public static final int MAX_WEIGHT = 65_535;

  /** The largest weight that one URL listed many times may add up to. */
  public static final int MAX_TOTAL_WEIGHT = 1 << 24;

  /**
   * {@code [address]:port} or {@code host:port}. {@link URI#getHost} is not asked: it knows no host
   * with an underscore, which Traefik accepts and container names have.
   */
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[\\w.~-]+)?)]|([\\w.~-]+))(?::([0-9]+))?");

  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

  public ServerSpec {
    if (weight < 0 || weight > MAX_TOTAL_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: " + weight + " (expected: integer 0.." + MAX_TOTAL_WEIGHT + ")");
    }
  }

  /**
   * Parses a server's URL. Its path, query and fragment are dropped when a call is sent, as Traefik
   * does; for the path see {@link #preservingPath}.
   *
   * @throws IllegalArgumentException with {@code value (expected: …)} if it is not an absolute
   *     http, https or h2c URL with a host and without user info, which would show wherever a
   *     server is named
   */
  public static ServerSpec of(String url, int weight) {
    URI uri = parse(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
    boolean isHttp = scheme.equals("http") || scheme.equals("https") || scheme.equals("h2c");
    if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          url + " (expected: URL without user info, such as http://10.0.0.1:8080)");
    }
    if (!isHttp || !authority.matches()) {
      throw malformed(url);
    }
    String digits = authority.group(3);
    int port = scheme.equals("https") ? 443 : 80;
    if (digits != null) {
      port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    }
    if (port < 1 || port > 65_535) {
      throw malformed(url);
    }
    String address = authority.group(1);
    String host = address == null ? authority.group(2) : address;
    return new ServerSpec(url, scheme, host, port, weight, host, "", null, TimeoutsSpec.DEFAULT);
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw malformed(url);
    }
  }

  /** True if HTTP/2 is spoken with it in plain text, and without being asked first. */
  public boolean isH2c() {
    return scheme.equals("h2c");
  }

  /** The name and port as a Host header names them: IPv6 in brackets, no default port. */
  public String authority() {
    boolean isDefault = port == (scheme.equals("https") ? 443 : 80);
    return isDefault ? bracketed(name) : bracketed(name) + ":" + port;
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** True if nothing has to be looked up for it. */
  public boolean isAddress() {
    return host.indexOf(':') >= 0 || DIGITS_AND_DOTS.matcher(host).matches();
  }

  /**
   * This server at one address of its name: the URL has the address in place of the name, the rest
   * is the same.
   *
   * @param address IPv4, or IPv6 without brackets
   */
  public ServerSpec at(String address) {
    String authority = parse(url).getRawAuthority();
    int start = url.indexOf(authority, url.indexOf("//"));
    String itsUrl =
        url.substring(0, start)
            + bracketed(address)
            + url.substring(start + bracketed(host).length());
    return new ServerSpec(itsUrl, scheme, address, port, weight, name, path, tls, timeouts);
  }

  /** The same server, with its name in its URL, as the fragment, which nobody sends. */
  ServerSpec toldByName() {
    int fragment = url.indexOf('#');
    String before = fragment < 0 ? url : url.substring(0, fragment);
    return new ServerSpec(
        before + "#" + name, scheme, host, port, weight, name, path, tls, timeouts);
  }

  /** The same server, spoken to in another way. */
  public ServerSpec with(@Nullable ServerTls other) {
    return new ServerSpec(url, scheme, host, port, weight, name, path, other, timeouts);
  }

  /** The same server, with other timeouts for our own connections. */
  public ServerSpec with(TimeoutsSpec other) {
    return new ServerSpec(url, scheme, host, port, weight, name, path, tls, other);
  }

  /**
   * The same server, with the path of its URL before that of each call. Source: Traefik option
   * {@code preservePath}.
   */
  public ServerSpec preservingPath() {
    String raw = Objects.requireNonNullElse(parse(url).getRawPath(), "");
    String before = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    return new ServerSpec(url, scheme, host, port, weight, name, encoded(before), tls, timeouts);
  }

  /** What a URL may hold and a request line may not: the rest stands as it was configured. */
  private static String encoded(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(each < 0 ? "%%%02X".formatted(each) : String.valueOf((char) each));
    }
    return encoded.toString();
  }

  /** One URL that is listed twice has both weights, and one path. */
  ServerSpec plus(ServerSpec other) {
    if (!path.equals(other.path)) {
      throw new IllegalArgumentException(
          url + " with and without preservePath (expected: one of the two for a URL)");
    }
    return weighing(weight + other.weight);
  }

  /**
   * As {@link #plus}, where nobody can be told of what does not fit: the first one's path stays.
   */
  ServerSpec plusAtMost(ServerSpec other) {
    return weighing(Math.min(MAX_TOTAL_WEIGHT, weight + other.weight));
  }

  private ServerSpec weighing(int newWeight) {
    return new ServerSpec(url, scheme, host, port, newWeight, name, path, tls, timeouts);
  }

  private static IllegalArgumentException malformed(String url) {
    return new IllegalArgumentException(
        url + " (expected: URL such as http://10.0.0.1:8080 or https://host)");
  }
}
