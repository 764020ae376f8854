package dev.evenkeel.testkit.client;

import dev.evenkeel.testkit.server.Trust;
import java.net.InetSocketAddress;
import java.net.URI;
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
 * @param proxy the HTTP proxy that leads to all hosts; null for none; needs {@link
 *     Capability#PROXY}
 */
public record ClientOptions(
    boolean isRedirectFollowed,
    boolean hasCookieStore,
    Duration timeout,
    @Nullable Trust trust,
    @Nullable Runnable hook,
    @Nullable Runnable wrapper,
    @Nullable InetSocketAddress proxy) {
  /** More than any answer in a test takes. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** Neither redirects nor cookies, a long timeout. */
  public static final ClientOptions PLAIN =
      new ClientOptions(false, false, PATIENT, null, null, null, null);

  public ClientOptions followingRedirects() {
    return new ClientOptions(true, hasCookieStore, timeout, trust, hook, wrapper, proxy);
  }

  public ClientOptions withCookieStore() {
    return new ClientOptions(isRedirectFollowed, true, timeout, trust, hook, wrapper, proxy);
  }

  public ClientOptions withTimeout(Duration newTimeout) {
    return new ClientOptions(
        isRedirectFollowed, hasCookieStore, newTimeout, trust, hook, wrapper, proxy);
  }

  public ClientOptions trusting(Trust newTrust) {
    return new ClientOptions(
        isRedirectFollowed, hasCookieStore, timeout, newTrust, hook, wrapper, proxy);
  }

  public ClientOptions hooked(Runnable newHook) {
    return new ClientOptions(
        isRedirectFollowed, hasCookieStore, timeout, trust, newHook, wrapper, proxy);
  }

  public ClientOptions wrapped(Runnable newWrapper) {
    return new ClientOptions(
        isRedirectFollowed, hasCookieStore, timeout, trust, hook, newWrapper, proxy);
  }

  /** With the proxy that listens at a URL. */
  public ClientOptions through(String url) {
    URI uri = URI.create(url);
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
    return new ClientOptions(
        isRedirectFollowed, hasCookieStore, timeout, trust, hook, wrapper, address);
  }
}
