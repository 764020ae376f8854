package dev.evenkeel.urlconnection;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which call each of the JDK's clients serves, by identity and weakly. A call whose client the
 * application dropped without an end is forgotten when the collector has found it, and is lost with
 * its attempt. Thread-safe.
 *
 * <p>A hash table of chains that never change: who binds or drops puts another chain in its place,
 * by one compare-and-set. So a look-up, which each hook makes for clients of calls that are not
 * ours too, allocates nothing and waits for nobody.
 */
final class Bindings {
  private static final int CHAINS = 1 << 10;

  private final AtomicReferenceArray<@Nullable Link> chains = new AtomicReferenceArray<>(CHAINS);
  private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
  private volatile boolean isUsed;

  private record Link(Binding binding, @Nullable Link next) {}

  private static final class Binding extends WeakReference<Object> {
    private final int chain;
    private volatile BalancedCall call;

    Binding(Object client, BalancedCall call, ReferenceQueue<Object> dropped) {
      super(client, dropped);
      this.chain = chain(client);
      this.call = call;
    }
  }

  /** False while no call of this JVM was ever balanced. */
  boolean isUsed() {
    return isUsed;
  }

  /** The last call that the client served; null if none of ours. */
  @Nullable BalancedCall of(Object client) {
    // An identity hash has its price, which a JVM that balances nothing need not pay.
    Binding binding = isUsed ? find(client) : null;
    return binding == null ? null : binding.call;
  }

  /** One thread at a time has a client, so nobody else binds the same one meanwhile. */
  void bind(Object client, BalancedCall call) {
    isUsed = true;
    forgetDropped();
    Binding binding = find(client);
    if (binding != null) {
      binding.call = call;
      return;
    }
    Binding added = new Binding(client, call, dropped);
    Link before;
    do {
      before = chains.get(added.chain);
    } while (!chains.compareAndSet(added.chain, before, new Link(added, before)));
  }

  private static int chain(Object client) {
    int hash = System.identityHashCode(client);
    return (hash ^ hash >>> 16) & (CHAINS - 1);
  }

  private @Nullable Binding find(Object client) {
    for (Link link = chains.get(chain(client)); link != null; link = link.next) {
      if (link.binding.refersTo(client)) {
        return link.binding;
      }
    }
    return null;
  }

  private void forgetDropped() {
    for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      Binding binding = (Binding) gone;
      Link before;
      do {
        before = chains.get(binding.chain);
      } while (!chains.compareAndSet(binding.chain, before, without(binding, before)));
    }
  }

  private static @Nullable Link without(Binding binding, @Nullable Link chain) {
    Link shorter = null;
    for (Link link = chain; link != null; link = link.next) {
      if (link.binding != binding) {
        shorter = new Link(link.binding, shorter);
      }
    }
    return shorter;
  }
}
