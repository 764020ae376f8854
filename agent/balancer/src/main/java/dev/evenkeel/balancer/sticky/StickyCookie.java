package dev.evenkeel.balancer.sticky;

import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.spi.SetCookie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sticky cookie of one service: which of its members (servers or child services) a value names,
 * and the {@code Set-Cookie} value for each, all worked out in advance. Source: Traefik {@code
 * sticky.cookie}. Immutable.
 */
public final class StickyCookie {
  private final String name;
  private final Map<String, Session> sessions = new HashMap<>();
  private final SetCookie[] setCookies;

  /**
   * Where a cookie's value leads. Immutable.
   *
   * @param member its index
   * @param isLegacy true if an older version wrote the value: the cookie is to be written anew
   */
  public record Session(int member, boolean isLegacy) {}

  /**
   * Works out all values.
   *
   * @param names URLs of servers or names of services, exactly as configured, by index
   */
  public StickyCookie(StickyCookieSpec spec, List<String> names) {
    name = spec.name();
    setCookies = new SetCookie[names.size()];
    String attributes = attributes(spec);
    for (int member = 0; member < setCookies.length; member++) {
      String value = SessionValues.current(names.get(member));
      setCookies[member] = new SetCookie(name + "=" + value + attributes, null);
      sessions.put(value, new Session(member, false));
    }
    for (int member = 0; member < setCookies.length; member++) {
      String memberName = names.get(member);
      String fnv = SessionValues.fnv(memberName);
      Session legacy = new Session(member, true);
      sessions.putIfAbsent(memberName, legacy);
      sessions.putIfAbsent(fnv, legacy);
      sessions.putIfAbsent(SessionValues.fnv(fnv), legacy);
    }
  }

  /** Attributes in the order in which Traefik writes them (Go {@code http.Cookie.String}). */
  private static String attributes(StickyCookieSpec spec) {
    StringBuilder text = new StringBuilder();
    String path = withoutSeparators(spec.path());
    if (!path.isEmpty()) {
      text.append("; Path=").append(path);
    }
    String domain = withoutSeparators(spec.domain());
    if (!domain.isEmpty()) {
      text.append("; Domain=").append(domain.startsWith(".") ? domain.substring(1) : domain);
    }
    if (spec.maxAge() != 0) {
      text.append("; Max-Age=").append(Math.max(0, spec.maxAge()));
    }
    if (spec.httpOnly()) {
      text.append("; HttpOnly");
    }
    if (spec.secure()) {
      text.append("; Secure");
    }
    if (spec.sameSite() != null) {
      text.append("; SameSite=").append(spec.sameSite().text());
    }
    return text.toString();
  }

  /** Go drops what would end the attribute or the header, and so nothing can be smuggled in. */
  private static String withoutSeparators(String value) {
    StringBuilder kept = new StringBuilder(value.length());
    value.chars().filter(c -> c >= ' ' && c <= '~' && c != ';').forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /**
   * The session that a request belongs to. Only the first cookie of the name counts.
   *
   * @param header the {@code Cookie} header as sent; null if there is none
   * @return null without a cookie that names a member of this service
   */
  public @Nullable Session session(@Nullable String header) {
    String value = header == null ? null : CookieHeader.firstValue(header, name);
    return value == null ? null : sessions.get(value);
  }

  /** The {@code Set-Cookie} value that binds a session to a member. */
  public SetCookie setCookie(int member) {
    return setCookies[member];
  }
}
