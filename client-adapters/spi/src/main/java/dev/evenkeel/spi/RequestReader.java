package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * How the balancer reads a client's own request without a copy. Stateless, one per adapter.
 * Thread-safe.
 *
 * @param <R> the client's request type
 */
public interface RequestReader<R> {
  /** The method as it will be sent. */
  String method(R request);

  /** Path and query as they will be sent, percent-encoding included; starts with {@code /}. */
  String target(R request);

  /** The first value of a request header, by case-insensitive name; null if there is none. */
  @Nullable String header(R request, String name);

  /**
   * The {@code Cookie} header as it will be sent, with what the client's cookie store adds; null if
   * there is none. Asked only of calls to services with sticky sessions.
   */
  @Nullable String cookies(R request);

  /**
   * Whether the client of a request speaks TLS as {@link Server#tls} says. Where it does not, a
   * call is given no server that asks for it: it would go out with less safety than the
   * configuration says. Asked only of calls to services.
   */
  default boolean speaksServersTls(R request) {
    return false;
  }

  /**
   * Path and query of a request line's target, which is in absolute form where a proxy reads it.
   *
   * @return {@code target} itself if it begins with {@code /}, or is {@code *}
   */
  static String pathOf(String target) {
    if (target.startsWith("/") || target.equals("*")) {
      return target;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return '/' + target;
    }
    int end = scheme + 3;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    String path = target.substring(end);
    return path.startsWith("/") ? path : '/' + path;
  }
}
