package dev.evenkeel.balancer.turns;

/**
 * The length of a cycle, with what it takes to place a ticket within it without a division, which
 * would cost more than the rest of a pick.
 *
 * <p>With {@code reciprocal = ⌊2⁶⁴ / length⌋}, the high word of {@code n · reciprocal} is {@code ⌊n
 * / length⌋} or one less for every {@code n} below 2⁶³, because the reciprocal is less than one too
 * small. So {@code n} less that many lengths is the remainder, or the remainder and one length.
 * Immutable.
 *
 * @param length 1..2⁶²
 * @param reciprocal as an unsigned number
 */
record Cycle(long length, long reciprocal) {

  static Cycle of(long length) {
    return new Cycle(length, fraction(1, length));
  }

  /**
   * {@code ⌊numerator·2⁶⁴ / length⌋}, as an unsigned number, by long division, bit by bit; 2⁶⁴ - 1
   * where it would be 2⁶⁴.
   *
   * @param numerator 0 to {@code length}
   */
  private static long fraction(long numerator, long length) {
    long quotient = 0;
    long rest = numerator;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      rest <<= 1;
      quotient <<= 1;
      if (rest >= length) {
        rest -= length;
        quotient |= 1;
      }
    }
    return quotient;
  }

  /** {@link #fraction} of a number of turns. */
  long fraction(long numerator) {
    return fraction(numerator, length);
  }

  /** The ticket's place within the cycle, as {@link Math#floorMod(long, long)} has it. */
  long placeOf(long ticket) {
    return ticket < 0
        ? Math.floorMod(ticket, length)
        : reduce(ticket - timesFraction(ticket, reciprocal) * length);
  }

  /** A place less one length, if it is beyond the cycle. */
  long reduce(long place) {
    return place < length ? place : place - length;
  }

  /** {@code ⌊n·fraction / 2⁶⁴⌋} for {@code n} that is not negative and an unsigned fraction. */
  static long timesFraction(long n, long fraction) {
    return Math.multiplyHigh(n, fraction) + ((fraction >> 63) & n);
  }
}
