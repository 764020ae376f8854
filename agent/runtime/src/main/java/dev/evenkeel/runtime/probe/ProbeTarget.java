package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where one request of a probe goes. Immutable.
 *
 * @param scheme {@code http}, {@code https} or {@code h2c}
 * @param host name or address, IPv6 without brackets
 * @param port 1..65535, or -1 for the scheme's own
 * @param path begins with a slash, percent-encoded
 * @param query percent-encoded; null: none
 */
record ProbeTarget(String scheme, String host, int port, String path, @Nullable String query) {

  ProbeTarget {
    if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("h2c")) {
      throw new IllegalArgumentException("scheme " + scheme + " (expected: http, https or h2c)");
    }
    if (port == 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " (expected: integer 1..65535)");
    }
  }

  /**
   * The first request of a probe: the check's path resolved against the server's URL, then its
   * scheme and port put in place of the server's.
   *
   * @throws IllegalArgumentException if the check's path is no path, or its scheme is not ours
   */
  static ProbeTarget of(ServerSpec server, HealthCheckSpec check) {
    URI base = parse(server.url());
    URI path = parse(check.path());
    if (path.getScheme() != null || path.getRawAuthority() != null) {
      throw new IllegalArgumentException(
          "healthCheck.path " + check.path() + " (expected: a path, without scheme and host)");
    }
    String basePath = UriPath.orSlash(base.getRawPath());
    ProbeTarget plain =
        new ProbeTarget(
            server.scheme(), server.host(), portOf(server), basePath, base.getRawQuery());
    ProbeTarget resolved = plain.resolvePath(path);
    String scheme = check.scheme() == null ? server.scheme() : lower(check.scheme());
    int port = check.port() == 0 ? resolved.port : check.port();
    return new ProbeTarget(scheme, server.host(), port, resolved.path, resolved.query);
  }

  /** As its URL gives it, -1 without one; {@link URI#getPort} knows none after an underscore. */
  static int portOf(ServerSpec server) {
    String authority = parse(server.url()).getRawAuthority();
    return authority.matches(".*:[0-9]+") ? server.port() : -1;
  }

  /**
   * Where a redirect leads, absolute or relative to this (RFC 3986, section 5.2). A server by h2c
   * knows itself by {@code http}, and is asked by h2c again.
   *
   * @throws IllegalArgumentException if that is not an http or https URL
   */
  ProbeTarget redirectedTo(String location) {
    URI uri = parse(location);
    if (uri.getRawAuthority() == null && uri.getScheme() == null) {
      return resolvePath(uri);
    }
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("redirect to " + location + " (expected: URL)");
    }
    String itsScheme = uri.getScheme() == null ? scheme : lower(uri.getScheme());
    String path = UriPath.withoutDots(UriPath.orSlash(uri.getRawPath()));
    ProbeTarget there =
        new ProbeTarget(itsScheme, unbracketed(host), uri.getPort(), path, uri.getRawQuery());
    boolean isItself =
        isH2c()
            && itsScheme.equals("http")
            && there.host.equalsIgnoreCase(host())
            && there.connectPort() == connectPort();
    return isItself
        ? new ProbeTarget(scheme, there.host, there.port, there.path, there.query)
        : there;
  }

  /** True if a location names no host of its own. */
  static boolean isRelative(String location) {
    URI uri = parse(location);
    return uri.getScheme() == null && uri.getRawAuthority() == null;
  }

  /** Never -1. */
  int connectPort() {
    return port != -1 ? port : scheme.equals("https") ? 443 : 80;
  }

  boolean isTls() {
    return scheme.equals("https");
  }

  boolean isH2c() {
    return scheme.equals("h2c");
  }

  /** As a Host header names it: the port only if the URL had one. */
  String authority() {
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == -1 ? bracketed : bracketed + ":" + port;
  }

  /** What the request line asks for. */
  String pathAndQuery() {
    return query == null ? path : path + "?" + query;
  }

  private ProbeTarget resolvePath(URI reference) {
    String itsPath = reference.getRawPath();
    String itsQuery = reference.getRawQuery();
    if (itsPath.isEmpty()) {
      return new ProbeTarget(scheme, host, port, path, itsQuery == null ? query : itsQuery);
    }
    String merged =
        itsPath.startsWith("/") ? itsPath : path.substring(0, path.lastIndexOf('/') + 1) + itsPath;
    return new ProbeTarget(scheme, host, port, UriPath.withoutDots(merged), itsQuery);
  }

  private static URI parse(String text) {
    try {
      return new URI(UriPath.encodeIllegal(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(text + " (expected: URL or path)", e);
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String lower(String scheme) {
    return scheme.toLowerCase(Locale.ROOT);
  }
}
