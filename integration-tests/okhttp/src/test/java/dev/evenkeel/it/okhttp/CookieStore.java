package dev.evenkeel.it.okhttp;

import java.util.ArrayList;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/** Keeps cookies in memory by the rules of {@link Cookie#matches}. Thread-safe. */
final class CookieStore implements CookieJar {
  private final List<Cookie> kept = new ArrayList<>();

  @Override
  public synchronized void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
    for (Cookie cookie : cookies) {
      kept.removeIf(old -> isSame(old, cookie));
      kept.add(cookie);
    }
  }

  private static boolean isSame(Cookie one, Cookie other) {
    return one.name().equals(other.name())
        && one.domain().equals(other.domain())
        && one.path().equals(other.path());
  }

  @Override
  public synchronized List<Cookie> loadForRequest(HttpUrl url) {
    return kept.stream().filter(cookie -> cookie.matches(url)).toList();
  }
}
