package dev.evenkeel.httpclient4;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache by the identity of its keys, with a fixed number of slots. Each key has one slot, by its
 * identity hash; a newer key takes the slot over. So it never locks, grows or keeps a key alive,
 * and forgetting an entry must do no harm. Values must not refer to their keys. Thread-safe.
 */
final class WeakSlots<K, V> {
  private final AtomicReferenceArray<@Nullable Slot<K, V>> slots;

  /**
   * @param size a power of two
   */
  WeakSlots(int size) {
    slots = new AtomicReferenceArray<>(size);
  }

  @Nullable V get(K key) {
    Slot<K, V> slot = slots.get(index(key));
    return slot != null && slot.refersTo(key) ? slot.value : null;
  }

  void put(K key, V value) {
    slots.set(index(key), new Slot<>(key, value));
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
