package dev.evenkeel.urlconnection;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which call each of the JDK's clients serves, by identity and weakly. A call whose client the
 * application dropped without an end is given up when the collector has found it. Thread-safe.
 */
final class Bindings {
  private final ConcurrentHashMap<Key, BalancedCall> calls = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();

  /** The last call that the client served; null if none of ours. */
  @Nullable BalancedCall of(Object client) {
    return calls.isEmpty() ? null : calls.get(new Key(client, null));
  }

  void bind(Object client, BalancedCall call) {
    giveUpDropped();
    calls.put(new Key(client, dropped), call);
  }

  private void giveUpDropped() {
    for (Reference<?> key = dropped.poll(); key != null; key = dropped.poll()) {
      BalancedCall call = calls.remove((Key) key);
      if (call != null) {
        call.giveUp();
      }
    }
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object client, @Nullable ReferenceQueue<Object> dropped) {
      super(client, dropped);
      this.hash = System.identityHashCode(client);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object client = get();
      return client != null && other instanceof Key key && key.refersTo(client);
    }
  }
}
