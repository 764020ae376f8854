package dev.evenkeel.balancer.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotRaceTest {
  private static final int SLOTS = 1 << 14;
  private static final int SHIFT = Long.SIZE - 14;

  private static List<String> names(int members) {
    return IntStream.range(0, members).mapToObj(i -> "http://10.0.0." + i).toList();
  }

  private static int[] ones(int members) {
    int[] weights = new int[members];
    Arrays.fill(weights, 1);
    return weights;
  }

  /** By slot, the owner's name; empty for none. */
  private static List<String> owners(List<String> names, int[] weights) {
    SlotRace race = SlotRace.of(names, weights, SLOTS);
    return IntStream.range(0, SLOTS)
        .map(slot -> race.owner((long) slot << SHIFT))
        .mapToObj(owner -> owner == Strategy.NONE ? "" : names.get(owner))
        .toList();
  }

  @Test
  void race_memberLeaves_itsSlotsMoveAndNoOthers() {
    List<String> names = names(100);
    List<String> without = new ArrayList<>(names);
    without.remove(42);

    List<String> before = owners(names, ones(100));
    List<String> after = owners(without, ones(99));

    for (int slot = 0; slot < SLOTS; slot++) {
      if (!before.get(slot).equals(names.get(42))) {
        assertThat(after.get(slot)).isEqualTo(before.get(slot));
      }
    }
    assertThat(after).doesNotContain(names.get(42));
  }

  @Test
  void race_weightGrows_slotsMoveToThatMemberOnly() {
    int[] more = ones(100);
    more[7] = 3;

    List<String> before = owners(names(100), ones(100));
    List<String> after = owners(names(100), more);

    long moved = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      if (!after.get(slot).equals(before.get(slot))) {
        assertThat(after.get(slot)).isEqualTo(names(100).get(7));
        moved++;
      }
    }
    assertThat(moved).as("about two shares of 102").isBetween(240L, 400L);
  }

  @ParameterizedTest
  @CsvSource({"65, 0.30", "1000, 0.45", "10000, 0.55"})
  void race_equalWeights_sharesAreEvenWithinABound(int members, double bound) {
    int slots = SlotRace.slotsFor(members);
    SlotRace race = SlotRace.of(names(members), ones(members));

    int[] counts = new int[members];
    int unowned = 0;
    for (int slot = 0; slot < slots; slot++) {
      int owner = race.owner((long) slot << (Long.numberOfLeadingZeros(slots) + 1));
      if (owner == Strategy.NONE) {
        unowned++;
      } else {
        counts[owner]++;
      }
    }

    assertThat(unowned).isLessThan(slots / 19);
    double ideal = (double) (slots - unowned) / members;
    assertThat(Arrays.stream(counts).max().getAsInt()).isLessThan((int) (ideal * (1 + bound)));
    assertThat(Arrays.stream(counts).min().getAsInt()).isGreaterThan((int) (ideal * (1 - bound)));
  }

  @Test
  void race_weights_areRespected() {
    int[] weights = new int[100];
    Arrays.setAll(weights, i -> i == 0 ? 100 : i == 1 ? 0 : 1);
    SlotRace race = SlotRace.of(names(100), weights, SLOTS);

    int[] counts = new int[101];
    for (int slot = 0; slot < SLOTS; slot++) {
      int owner = race.owner((long) slot << SHIFT);
      counts[owner == Strategy.NONE ? 100 : owner]++;
    }

    assertThat(counts[0] / (double) (SLOTS - counts[100])).isBetween(0.49, 0.52);
    assertThat(counts[1]).isZero();
  }

  @Test
  void slotsFor_anyNumberOfMembers_isAPowerOfTwoWithinBounds() {
    assertThat(SlotRace.slotsFor(65)).isEqualTo(16_384);
    assertThat(SlotRace.slotsFor(128)).isEqualTo(16_384);
    assertThat(SlotRace.slotsFor(10_000)).isEqualTo(1 << 20);
    assertThat(SlotRace.slotsFor(Integer.MAX_VALUE)).isEqualTo(1 << 20);
  }
}
