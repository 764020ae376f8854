package dev.evenkeel.benchmarks.calls;

/**
 * One line of the rounds file. Immutable.
 *
 * @param number of the round, from 1
 * @param client the client library's name
 * @param way how the calls went
 * @param measured what the JVM measured
 */
record Round(int number, String client, Way way, Measured measured) {
  /** Round, client, way, and what {@link Measured#parse} reads, with a space between. */
  static Round parse(String line) {
    String[] fields = line.split(" ", 4);
    if (fields.length != 4) {
      throw new IllegalArgumentException(
          "round: " + line + " (expected: round client way numbers)");
    }
    return new Round(
        Integer.parseInt(fields[0]), fields[1], Way.parse(fields[2]), Measured.parse(fields[3]));
  }
}
