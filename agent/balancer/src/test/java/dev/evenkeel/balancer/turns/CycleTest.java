package dev.evenkeel.balancer.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycleTest {
  private static final long LONGEST = 1L << 62;

  @Property(tries = 2_000)
  void placeOf_anyTicket_isTheFloorModulus(
      @ForAll long ticket, @ForAll @LongRange(min = 1, max = LONGEST) long length) {
    assertThat(Cycle.of(length).placeOf(ticket)).isEqualTo(Math.floorMod(ticket, length));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 6, 7, 55_000, 1 << 20, LONGEST - 1, LONGEST})
  void placeOf_aroundMultiplesOfTheLength_isTheFloorModulus(long length) {
    Cycle cycle = Cycle.of(length);
    long lastMultiple = Long.MAX_VALUE - Long.MAX_VALUE % length;
    for (long base : new long[] {0, length, LONGEST, lastMultiple, Long.MIN_VALUE + 2}) {
      for (long ticket = base - 2; ticket < base + 2; ticket++) {
        assertThat(cycle.placeOf(ticket)).isEqualTo(Math.floorMod(ticket, length));
      }
    }
  }

  @Property(tries = 500)
  void fraction_anyNumerator_isTheFloorOfTheQuotient(
      @ForAll @LongRange(min = 2, max = LONGEST) long length, @ForAll long any) {
    long numerator = Math.floorMod(any, length);

    BigInteger exact =
        BigInteger.valueOf(numerator).shiftLeft(64).divide(BigInteger.valueOf(length));

    assertThat(Long.toUnsignedString(Cycle.of(length).fraction(numerator)))
        .isEqualTo(exact.toString());
  }
}
