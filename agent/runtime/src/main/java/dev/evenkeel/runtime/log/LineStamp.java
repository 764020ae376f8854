package dev.evenkeel.runtime.log;

/**
 * Writes a point in time as {@code 2026-11-21 12:03:11.123Z}.
 *
 * <p>Always UTC: asking for the default time zone inside premain would fix it for the whole JVM,
 * before an application that sets {@code user.timezone} in its main method has come to do so.
 * Immutable.
 */
final class LineStamp {
  private static final int MILLIS_PER_DAY = 86_400_000;
  private static final int DAYS_PER_ERA = 146_097; // 400 years of the Gregorian calendar
  private static final int DAYS_0000_03_01_TO_1970 = 719_468;

  private LineStamp() {}

  static void append(StringBuilder to, long epochMillis) {
    appendDate(to, Math.floorDiv(epochMillis, MILLIS_PER_DAY));
    to.append(' ');
    appendTime(to, (int) Math.floorMod(epochMillis, (long) MILLIS_PER_DAY));
    to.append('Z');
  }

  /** Years are counted from 1 March, so that the leap day is the last of its year. */
  private static void appendDate(StringBuilder to, long epochDay) {
    long day = epochDay + DAYS_0000_03_01_TO_1970;
    long era = Math.floorDiv(day, DAYS_PER_ERA);
    int dayOfEra = (int) Math.floorMod(day, (long) DAYS_PER_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    appendPadded(to, (int) year, 4);
    to.append('-');
    appendPadded(to, month, 2);
    to.append('-');
    appendPadded(to, dayOfMonth, 2);
  }

  private static void appendTime(StringBuilder to, int millisOfDay) {
    appendPadded(to, millisOfDay / 3_600_000, 2);
    to.append(':');
    appendPadded(to, millisOfDay / 60_000 % 60, 2);
    to.append(':');
    appendPadded(to, millisOfDay / 1000 % 60, 2);
    to.append('.');
    appendPadded(to, millisOfDay % 1000, 3);
  }

  private static void appendPadded(StringBuilder to, int value, int width) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < width; i++) {
      to.append('0');
    }
    to.append(digits);
  }
}
