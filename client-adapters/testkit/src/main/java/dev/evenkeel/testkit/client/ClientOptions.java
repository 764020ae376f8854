package dev.evenkeel.testkit.client;

import dev.evenkeel.testkit.server.Trust;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an application sets up its client. Immutable.
 *
 * @param isRedirectFollowed redirects are followed
 * @param hasCookieStore cookies are kept and sent
 * @param timeout the longest silence while connecting, and while waiting for an answer
 * @param trust for servers of a private certificate authority; null for the JDK's default
 */
public record ClientOptions(
    boolean isRedirectFollowed, boolean hasCookieStore, Duration timeout, @Nullable Trust trust) {
  /** More than any answer in a test takes. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Neither redirects nor cookies, a long timeout. */
  public static final ClientOptions PLAIN = new ClientOptions(false, false, PATIENT, null);

  public ClientOptions followingRedirects() {
    return new ClientOptions(true, hasCookieStore, timeout, trust);
  }

  public ClientOptions withCookieStore() {
    return new ClientOptions(isRedirectFollowed, true, timeout, trust);
  }

  public ClientOptions withTimeout(Duration newTimeout) {
    return new ClientOptions(isRedirectFollowed, hasCookieStore, newTimeout, trust);
  }

  public ClientOptions trusting(Trust newTrust) {
    return new ClientOptions(isRedirectFollowed, hasCookieStore, timeout, newTrust);
  }
}
