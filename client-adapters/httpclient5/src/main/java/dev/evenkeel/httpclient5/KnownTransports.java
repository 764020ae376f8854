package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.ServerTls;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The transports that routes were made for, by the scheme of these: a pool of sessions connects for
 * calls that wait in its queue, and a lease goes on, on threads that know nothing of the call. It
 * keeps no transport alive. Thread-safe: a list that is replaced, never locked.
 */
final class KnownTransports {
  private static final AtomicReference<@Nullable Known> KNOWN = new AtomicReference<>();

  private KnownTransports() {}

  /** One of them, and those before it. */
  private record Known(String scheme, WeakReference<ServerTls> tls, @Nullable Known others) {}

  /** From now on the transport is found by the target of a route to its servers. */
  static void add(ServerTls tls) {
    String scheme = TransportPass.scheme(tls);
    Known known;
    do {
      known = KNOWN.get();
      if (find(known, scheme) != null) {
        return;
      }
    } while (!KNOWN.compareAndSet(
        known, new Known(scheme, new WeakReference<>(tls), withoutLost(known))));
  }

  /** Null if nobody has the transport any more. */
  static @Nullable ServerTls of(HttpHost target) {
    return find(KNOWN.get(), target.getSchemeName());
  }

  private static @Nullable ServerTls find(@Nullable Known first, String scheme) {
    for (Known known = first; known != null; known = known.others) {
      if (known.scheme.equalsIgnoreCase(scheme)) {
        return known.tls.get();
      }
    }
    return null;
  }

  private static @Nullable Known withoutLost(@Nullable Known first) {
    Known kept = null;
    for (Known known = first; known != null; known = known.others) {
      if (known.tls.get() != null) {
        kept = new Known(known.scheme, known.tls, kept);
      }
    }
    return kept;
  }
}
