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
 * @param hook the application's code, run in each exchange, where the library lets an application
 *     in latest; needs {@link Capability#HOOK}
 * @param wrapper the application's code in a client of its own type around the library's, run for
 *     each call before that client hands it on
 */
public record ClientOptions(
    boolean isRedirectFollowed,
    boolean hasCookieStore,
    Duration timeout,
    @Nullable Trust trust,
    @Nullable Runnable hook,
    @Nullable Runnable wrapper) {
  /** More than any answer in a test takes. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Neither redirects nor cookies, a long timeout. */
  public static final ClientOptions PLAIN =
      new ClientOptions(false, false, PATIENT, null, null, null);

  public ClientOptions followingRedirects() {
    return new ClientOptions(true, hasCookieStore, timeout, trust, hook, wrapper);
  }

  public ClientOptions withCookieStore() {
    return new ClientOptions(isRedirectFollowed, true, timeout, trust, hook, wrapper);
  }

  public ClientOptions withTimeout(Duration newTimeout) {
    return new ClientOptions(isRedirectFollowed, hasCookieStore, newTimeout, trust, hook, wrapper);
  }

  public ClientOptions trusting(Trust newTrust) {
    return new ClientOptions(isRedirectFollowed, hasCookieStore, timeout, newTrust, hook, wrapper);
  }

  public ClientOptions hooked(Runnable newHook) {
    return new ClientOptions(isRedirectFollowed, hasCookieStore, timeout, trust, newHook, wrapper);
  }

  public ClientOptions wrapped(Runnable newWrapper) {
    return new ClientOptions(isRedirectFollowed, hasCookieStore, timeout, trust, hook, newWrapper);
  }
}
