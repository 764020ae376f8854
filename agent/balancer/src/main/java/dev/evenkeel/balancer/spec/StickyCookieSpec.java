package dev.evenkeel.balancer.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  private static final String NAME_SYMBOLS = "!#$%&'*+-.^`|~";
  private static final int DERIVED_NAME_LENGTH = 6;

  /**
   * The cookie's name as it goes over the wire. Source: Traefik, which replaces each character that
   * no cookie name may hold by {@code _}, and derives a name from the service's where none is
   * configured.
   *
   * @param qualifiedService the service with its provider, as {@code orders@file}
   * @param configured {@code sticky.cookie.name} as written; null or empty: derive
   */
  public static String nameFor(String qualifiedService, @Nullable String configured) {
    if (configured == null || configured.isEmpty()) {
      byte[] digest = sha1("_TRAEFIK_BACKEND_" + qualifiedService);
      return ("_" + HexFormat.of().formatHex(digest)).substring(0, DERIVED_NAME_LENGTH);
    }
    StringBuilder name = new StringBuilder(configured.length());
    configured.codePoints().forEach(c -> name.appendCodePoint(isNameCharacter(c) ? c : '_'));
    return name.toString();
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || NAME_SYMBOLS.indexOf(c) >= 0;
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

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
