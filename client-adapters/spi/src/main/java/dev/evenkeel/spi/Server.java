package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where an attempt is to go. One instance for as long as the configuration of the server stands, so
 * an adapter may key what it derives from it by identity. Immutable.
 */
public interface Server {
  /** The server's URL exactly as configured. */
  String url();

  /** {@code http} or {@code https}; {@code http} also for a server by {@code h2c}. */
  String scheme();

  /**
   * True if HTTP/2 is spoken with it in plain text, and without being asked first ("prior
   * knowledge"; RFC 9113, section 3.3), by whatever client can. Not for calls that ask for an
   * upgrade, which HTTP/2 has not. Source: the scheme {@code h2c} of Traefik's server URLs.
   */
  default boolean isH2c() {
    return false;
  }

  /** Host name, IPv4 literal, or IPv6 literal without brackets. */
  String host();

  /** 1..65535; the scheme's default where the URL names none. */
  int port();

  /** {@code host[:port]} as a Host header names this server: IPv6 in brackets, no default port. */
  String authority();

  /**
   * True if the Host header (HTTP/2: {@code :authority}) keeps the logical host, false if it
   * becomes {@link #authority()}. Source: Traefik option {@code passHostHeader}.
   */
  boolean isHostHeaderPassed();

  /**
   * What stands before the path of each call, percent-encoded; empty if nothing does. It begins
   * with {@code /} and has lost one {@code /} at its end, as a call's own path begins with one.
   * Source: Traefik option {@code preservePath}.
   */
  String path();

  /**
   * A call's target as this server gets it: {@code target} itself where nothing stands before it. A
   * target without a path, {@code *} or that of {@code CONNECT}, is none of the server's.
   *
   * @param target path and query as the application has them, percent-encoding included
   */
  default String at(String target) {
    return path().isEmpty() || !target.startsWith("/") ? target : path() + target;
  }

  /**
   * How TLS is spoken with it; null where the application's own TLS does, which is the rule, and
   * for an http server.
   */
  default @Nullable ServerTls tls() {
    return null;
  }
}
