package dev.evenkeel.config;

import dev.evenkeel.config.tls.TlsSpec;
import dev.evenkeel.config.tls.TransportTls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers transports of the last good reading. One that says the same in the next stays the
 * same object, so that clients keep the connections they have. Confined to the control thread.
 */
public final class KnownTransports {
  private Map<String, Known> byName = Map.of();

  /** A transport with what it was made of. */
  record Known(TlsSpec spec, TransportTls tls) {}

  /** Null if the transport of this name says something else now. */
  @Nullable Known find(String name, TlsSpec spec) {
    Known known = byName.get(name);
    return known != null && known.spec.equals(spec) ? known : null;
  }

  void replaceBy(Transports read) {
    byName = Map.copyOf(read.made());
  }
}
