package dev.evenkeel.balancer.spec;

import org.jspecify.annotations.Nullable;

/**
 * Sticky sessions by a cookie that names the server. Source: Traefik {@code sticky.cookie}.
 * Immutable.
 *
 * @param name the cookie's name as it goes over the wire: sanitised, or derived from the service's
 *     name
 * @param sameSite null: no attribute
 * @param maxAge seconds; 0: no attribute, negative: {@code Max-Age=0}
 * @param path empty: no attribute; Traefik's default is {@code /}
 * @param domain empty: no attribute
 */
public record StickyCookieSpec(
    String name,
    boolean secure,
    boolean httpOnly,
    @Nullable SameSite sameSite,
    int maxAge,
    String path,
    String domain) {

  /** The {@code SameSite} attribute, spelled as it is written. */
  public enum SameSite {
    NONE("None"),
    LAX("Lax"),
    STRICT("Strict");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }

    /** The attribute's value. */
    public String text() {
      return text;
    }
  }
}
