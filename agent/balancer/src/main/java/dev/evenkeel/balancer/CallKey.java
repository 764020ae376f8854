package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.sticky.CookieHeader;
import dev.evenkeel.balancer.strategy.Fnv1a;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.spi.RequestReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hash of one key of a call, in a chain of those that the services it may come to ask for: most
 * often one, and none where nothing hashes. Read when the call is opened, because the request is
 * not at hand later. Immutable.
 *
 * @param hash never {@link Members#NO_KEY}: a key that the call does not have is not in the chain
 */
record CallKey(KeySpec spec, long hash, @Nullable CallKey next) {

  /**
   * Reads keys as they will be sent, percent-encoding included. An empty one counts as none.
   *
   * @param cookies the {@code Cookie} header; null if there is none, or if no service asks for it
   */
  static <R> @Nullable CallKey read(
      List<KeySpec> specs, R request, RequestReader<R> reader, @Nullable String cookies) {
    CallKey chain = null;
    for (int i = 0; i < specs.size(); i++) {
      KeySpec spec = specs.get(i);
      long hash = hash(spec, request, reader, cookies);
      chain = hash == Members.NO_KEY ? chain : new CallKey(spec, hash, chain);
    }
    return chain;
  }

  private static <R> long hash(
      KeySpec spec, R request, RequestReader<R> reader, @Nullable String cookies) {
    return switch (spec.kind()) {
      case HEADER -> hash(reader.header(request, spec.name()));
      case COOKIE -> cookies == null ? 0 : hash(CookieHeader.firstValue(cookies, spec.name()));
      case QUERY -> TargetKeys.parameter(reader.target(request), spec.name());
      case PATH -> TargetKeys.segment(reader.target(request), spec.segment());
      case THREAD -> hash(Long.toString(Thread.currentThread().getId()));
      case JVM -> Members.NO_KEY;
    };
  }

  private static long hash(@Nullable String text) {
    return text == null ? Members.NO_KEY : hash(text, 0, text.length());
  }

  /** The hash of a part of a text; {@link Members#NO_KEY} if it is empty. */
  static long hash(String text, int from, int to) {
    return from >= to ? Members.NO_KEY : Fnv1a.append(Fnv1a.START, text, from, to);
  }
}
