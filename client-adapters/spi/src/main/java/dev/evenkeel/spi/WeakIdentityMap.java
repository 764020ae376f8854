package dev.evenkeel.spi;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A map by the identity of its keys that keeps no key alive: a client's objects may be equal by
 * content though they are two calls, and it may lose one without an end. Entries of lost keys go
 * away with later puts. Values must not refer to their keys. Thread-safe.
 */
public final class WeakIdentityMap<K, V> {
  private final ConcurrentMap<Object, V> entries = new ConcurrentHashMap<>();
  private final ReferenceQueue<K> lost = new ReferenceQueue<>();

  /** Null for a key that has no entry. */
  public @Nullable V get(K key) {
    // An identity hash has its price, which a JVM that balances nothing need not pay.
    return entries.isEmpty() ? null : entries.get(new Probe(key));
  }

  /** Adds an entry for a key that has none. */
  public void put(K key, V value) {
    for (Reference<?> gone = lost.poll(); gone != null; gone = lost.poll()) {
      entries.remove(gone);
    }
    entries.put(new Key<>(key, lost), value);
  }

  /** Takes the entry out, if there is one. */
  public void remove(K key) {
    entries.remove(new Probe(key));
  }

  /** Entries of lost keys among them. */
  public int size() {
    return entries.size();
  }

  /** What lies in the map: equal to itself only, so that it is found when its referent is gone. */
  private static final class Key<K> extends WeakReference<K> {
    private final int hash;

    Key(K key, ReferenceQueue<K> lost) {
      super(key, lost);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }

  /** What one looks up with. The map asks it, and not what lies in the map, whether it is equal. */
  private static final class Probe {
    private final Object key;

    Probe(Object key) {
      this.key = key;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key<?> stored && stored.get() == key;
    }
  }
}
