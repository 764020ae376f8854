package dev.evenkeel.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeakSlotsTest {
  @Test
  void get_equalButOtherKey_findsNothing() {
    WeakSlots<Object, String> slots = new WeakSlots<>(1);
    record Key(int number) {}
    Key key = new Key(1);
    slots.put(key, "value");

    assertThat(slots.get(key)).isEqualTo("value");
    assertThat(slots.get(new Key(1))).isNull();
  }

  @Test
  void put_intoATakenSlot_forgetsTheOlderKey() {
    WeakSlots<Object, String> slots = new WeakSlots<>(1);
    Object older = new Object();
    Object newer = new Object();
    slots.put(older, "older");
    slots.put(newer, "newer");

    assertThat(slots.get(older)).isNull();
    assertThat(slots.get(newer)).isEqualTo("newer");
  }

  @Test
  void remove_takesTheEntryOnce() {
    WeakSlots<Object, String> slots = new WeakSlots<>(4);
    Object key = new Object();
    slots.put(key, "value");

    assertThat(slots.remove(key)).isEqualTo("value");
    assertThat(slots.remove(key)).isNull();
    assertThat(slots.get(key)).isNull();
  }
}
