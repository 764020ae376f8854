package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.strategy.Fnv1a;
import dev.evenkeel.balancer.strategy.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service that hashes tells calls apart by. Immutable.
 *
 * @param spec null for a service that does not hash
 * @param jvm the key of all calls of this JVM
 */
record HashKey(@Nullable KeySpec spec, long jvm) {
  static final HashKey NONE = new HashKey(null, Members.NO_KEY);

  private static final KeySpec JVM = new KeySpec(KeySpec.Kind.JVM, "", 0);

  /**
   * What extras ask for.
   *
   * @param number that other JVMs have not: the key of this one
   */
  static HashKey of(ExtrasSpec extras, long number) {
    KeySpec spec = extras.hash() == null ? JVM : extras.hash();
    return new HashKey(spec, Fnv1a.append(Fnv1a.START, Long.toHexString(number)));
  }

  /** What has to be read of a request. */
  List<KeySpec> toRead() {
    return spec == null || spec.kind() == KeySpec.Kind.JVM ? List.of() : List.of(spec);
  }

  boolean isCookie() {
    return spec != null && spec.kind() == KeySpec.Kind.COOKIE;
  }

  /** As {@link Members#key}. */
  long of(ServiceExchange exchange) {
    if (spec == null) {
      return Members.NO_KEY;
    }
    return spec.kind() == KeySpec.Kind.JVM ? jvm : exchange.key(spec);
  }
}
