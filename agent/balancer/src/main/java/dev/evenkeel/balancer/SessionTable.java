package dev.evenkeel.balancer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.SessionSpec;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.spi.ResponseReader;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which server each session of one service stays on, by the seeded hash of the session's key: no
 * key of the application is kept. It outlives the snapshots; a session of a server that the
 * configuration no longer has is as good as none, and is forgotten in time.
 *
 * <p>The cache is made with the first session and not with the configuration, because its class
 * asks for a {@code System.Logger}, which may start the application's log manager. What it does in
 * the background runs on the control thread. Thread-safe, except for the methods that are said to
 * be the control thread's.
 */
final class SessionTable {
  private static final long OF_THE_JVM = 1;

  private final Ticker ticker;
  private final Executor background;
  private final long seed;

  private volatile SessionSpec spec;
  private volatile @Nullable Cache<Long, ServerState> sessions;

  /**
   * A table without a session.
   *
   * @param seed random: hashes of one process say nothing in another
   */
  SessionTable(SessionSpec spec, Ticker ticker, Executor background, long seed) {
    this.spec = spec;
    this.ticker = ticker;
    this.background = background;
    this.seed = seed;
  }

  /**
   * Takes over a changed configuration. Control thread.
   *
   * @return false if sessions are told apart by something else now: then they are others
   */
  boolean configure(SessionSpec newSpec) {
    SessionSpec last = spec;
    if (!newSpec.key().equals(last.key()) || newSpec.isLearned() != last.isLearned()) {
      return false;
    }
    spec = newSpec;
    Cache<Long, ServerState> known = sessions;
    if (known != null && !newSpec.equals(last)) {
      known.policy().expireAfterAccess().ifPresent(e -> e.setExpiresAfter(newSpec.timeToLive()));
      known.policy().eviction().ifPresent(e -> e.setMaximum(newSpec.maxSessions()));
    }
    return true;
  }

  /** What has to be read of a request. */
  List<KeySpec> toRead() {
    return spec.key().kind() == KeySpec.Kind.JVM ? List.of() : List.of(spec.key());
  }

  boolean readsCookies() {
    return spec.key().kind() == KeySpec.Kind.COOKIE;
  }

  /** The server that the call's session stays on; null if it has no session yet. */
  @Nullable ServerState server(ServiceExchange exchange) {
    Cache<Long, ServerState> known = sessions;
    long key = key(exchange);
    return known == null || key == Members.NO_KEY ? null : known.getIfPresent(seeded(key));
  }

  /** Has the call's session stay on a server from now on; nothing if it has no key. */
  void bind(ServiceExchange exchange, ServerState server) {
    bind(key(exchange), server);
  }

  /** Has the session that a response begins stay on the server that the response came from. */
  <R> void learn(R response, ResponseReader<R> reader, ServerState server) {
    if (spec.isLearned()) {
      bind(learned(response, reader), server);
    }
  }

  private <R> long learned(R response, ResponseReader<R> reader) {
    String name = spec.key().name();
    if (spec.key().kind() == KeySpec.Kind.HEADER) {
      String value = reader.header(response, name, 0);
      return value == null ? Members.NO_KEY : CallKey.hash(value, 0, value.length());
    }
    long key = Members.NO_KEY;
    String header = reader.header(response, "Set-Cookie", 0);
    for (int i = 1; header != null; i++) {
      long here = valueOf(header, name);
      key = here == Members.NO_KEY ? key : here;
      header = reader.header(response, "Set-Cookie", i);
    }
    return key;
  }

  /** The hash of a cookie's value; none if the header is of another cookie, or takes it away. */
  private static long valueOf(String setCookie, String name) {
    int equals = name.length();
    if (!setCookie.startsWith(name) || setCookie.indexOf('=') != equals) {
      return Members.NO_KEY;
    }
    int semicolon = setCookie.indexOf(';');
    int end = semicolon < 0 ? setCookie.length() : semicolon;
    String value = setCookie.substring(equals + 1, end).strip();
    boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted
        ? CallKey.hash(value, 1, value.length() - 1)
        : CallKey.hash(value, 0, value.length());
  }

  private long key(ServiceExchange exchange) {
    KeySpec key = spec.key();
    return key.kind() == KeySpec.Kind.JVM ? OF_THE_JVM : exchange.key(key);
  }

  private void bind(long key, ServerState server) {
    if (key != Members.NO_KEY) {
      Cache<Long, ServerState> known = sessions;
      (known == null ? made() : known).put(seeded(key), server);
    }
  }

  /** How many sessions there are, those about to be forgotten included. */
  long size() {
    Cache<Long, ServerState> known = sessions;
    return known == null ? 0 : known.estimatedSize();
  }

  /** Forgets what is over its time. Control thread. */
  void cleanUp() {
    Cache<Long, ServerState> known = sessions;
    if (known != null) {
      known.cleanUp();
    }
  }

  /** Forgets all sessions. Control thread. */
  void clear() {
    Cache<Long, ServerState> known = sessions;
    if (known != null) {
      known.invalidateAll();
    }
  }

  /** Two calls may make one at the same time, once in a process: what one of them bound is lost. */
  private Cache<Long, ServerState> made() {
    SessionSpec now = spec;
    Cache<Long, ServerState> made =
        Caffeine.newBuilder()
            .maximumSize(now.maxSessions())
            .expireAfterAccess(now.timeToLive())
            .ticker(ticker::nanos)
            .executor(background)
            .build();
    sessions = made;
    return made;
  }

  /** The finalizer of SplittableRandom's 64-bit mixer. */
  private long seeded(long key) {
    long mixed = (key ^ seed) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
