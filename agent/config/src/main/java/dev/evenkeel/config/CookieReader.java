package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec.SameSite;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a decoded {@code sticky.cookie} to its spec. Not thread-safe; one per service. */
final class CookieReader {
  /** What Traefik adds to each name in a file, and derives the cookie's name from. */
  private static final String PROVIDER = "@file";

  private static final Pattern DOMAIN =
      Pattern.compile(
          "\\.?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private final Problems problems;

  CookieReader(Problems problems) {
    this.problems = problems;
  }

  StickyCookieSpec read(String service, Section cookie) {
    return new StickyCookieSpec(
        StickyCookieSpec.nameFor(service + PROVIDER, cookie.text("name")),
        cookie.flag("secure"),
        cookie.flag("httpOnly"),
        sameSite(cookie),
        cookie.integer("maxAge"),
        attribute(cookie, "path"),
        domain(cookie));
  }

  /** A cookie store drops the cookie of a domain that is none; Traefik's platform leaves it out. */
  private String domain(Section cookie) {
    String domain = attribute(cookie, "domain");
    if (domain.isEmpty() || DOMAIN.matcher(domain).matches() || hasSeparator(domain)) {
      return domain;
    }
    problems.note(
        cookie.place("domain"),
        cookie.printable("domain")
            + " adds no attribute, as in Traefik (expected: domain such as example.com)");
    return "";
  }

  /** Traefik leaves out what it does not know; here that is said as well. */
  private @Nullable SameSite sameSite(Section cookie) {
    String text = cookie.text("sameSite");
    for (SameSite each : SameSite.values()) {
      if (each.name().equals(text.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    if (!text.isEmpty()) {
      problems.note(
          cookie.place("sameSite"),
          cookie.printable("sameSite")
              + " adds no attribute, as in Traefik (expected: none, lax or strict)");
    }
    return null;
  }

  private String attribute(Section cookie, String name) {
    String text = cookie.text(name);
    if (hasSeparator(text)) {
      problems.fatal(
          cookie.place(name), cookie.printable(name) + " (expected: ASCII without ; and controls)");
    }
    return text;
  }

  private static boolean hasSeparator(String text) {
    return text.chars().anyMatch(c -> c == ';' || c < ' ' || c > '~');
  }
}
