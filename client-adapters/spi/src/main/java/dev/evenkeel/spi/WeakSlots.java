package dev.evenkeel.spi;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache by the identity of its keys, with a fixed number of slots. Each key has one slot, by its
 * identity hash; a newer key takes the slot over. So it never locks, grows or keeps a key alive,
 * and forgetting an entry must do no harm. Values must not refer to their keys. Thread-safe.
 */
public final class WeakSlots<K, V> {
  private final AtomicReferenceArray<@Nullable Slot<K, V>> slots;

  /**
   * An empty cache.
   *
   * @param size a power of two
   */
  public WeakSlots(int size) {
    slots = new AtomicReferenceArray<>(size);
  }

  /** Null for a key that has no entry, or lost it. */
  public @Nullable V get(K key) {
    Slot<K, V> slot = slots.get(index(key));
    return slot != null && slot.refersTo(key) ? slot.value : null;
  }

  /** Takes the place of the key's entry, or of another's in its slot. */
  public void put(K key, V value) {
    slots.set(index(key), new Slot<>(key, value));
  }

  /** Takes the entry out; null if there is none, or another thread was first. */
  public @Nullable V remove(K key) {
    int index = index(key);
    Slot<K, V> slot = slots.get(index);
    return slot != null && slot.refersTo(key) && slots.compareAndSet(index, slot, null)
        ? slot.value
        : null;
  }

  private int index(K key) {
    return System.identityHashCode(key) & (slots.length() - 1);
  }

  private static final class Slot<K, V> extends WeakReference<K> {
    private final V value;

    Slot(K key, V value) {
      super(key);
      this.value = value;
    }
  }
}
