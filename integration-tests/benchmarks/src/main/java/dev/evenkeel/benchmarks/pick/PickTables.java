package dev.evenkeel.benchmarks.pick;

import dev.evenkeel.benchmarks.TextTable;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The tables of the report. Immutable. */
final class PickTables {
  private static final String OURS = Picker.EVENKEEL.benchmark();
  private static final double GOAL_NANOS = 10;
  private static final double GOAL_SLOPE = 1.5;

  /** What JMH itself allocates in an iteration, spread over its operations, stays below this. */
  private static final double NO_BYTES = 0.1;

  private PickTables() {}

  /** A row for each picker and number of servers; ratios are evenkeel's time by the row's. */
  static TextTable picks(Timings timings) {
    TextTable table =
        new TextTable(
            "pick",
            "servers",
            "ns, 1 thread",
            "ns, 2 threads",
            "B/op",
            "lag",
            "gap",
            "ours/it, 1 thread",
            "2 threads");
    for (int servers : timings.servers(OURS)) {
      for (Picker picker : Picker.values()) {
        Smoothness smoothness = Smoothness.of(picker, WeightSet.repeating(servers));
        pickRow(
            table,
            timings,
            picker.benchmark(),
            servers,
            number(smoothness.lag()),
            number(smoothness.gap()));
      }
      pickRow(table, timings, PickBenchmark.LONG_CYCLE, servers, "-", "-");
    }
    return table;
  }

  private static void pickRow(
      TextTable table, Timings timings, String benchmark, int servers, String lag, String gap) {
    Timing one = timings.get(benchmark, servers, 1);
    Timing two = timings.get(benchmark, servers, 2);
    table.row(
        benchmark,
        Integer.toString(servers),
        number(one.nanos()),
        number(two.nanos()),
        number(Math.max(one.bytes(), two.bytes())),
        lag,
        gap,
        number(timings.get(OURS, servers, 1).nanos() / one.nanos()),
        number(timings.get(OURS, servers, 2).nanos() / two.nanos()));
  }

  static TextTable goals(Timings timings) {
    DoubleSummaryStatistics nanos =
        timings
            .of(OURS)
            .filter(timing -> timing.threads() == 1)
            .mapToDouble(Timing::nanos)
            .summaryStatistics();
    double slope = nanos.getMax() / nanos.getMin();
    double bytes = timings.of(OURS).mapToDouble(Timing::bytes).max().orElseThrow();
    TextTable table = new TextTable("goal", "measured", "met");
    table.row(
        "at most 10 ns with 1 thread, at every number of servers",
        number(nanos.getMax()),
        met(nanos.getMax() <= GOAL_NANOS));
    table.row("0 B/op for a pick", number(bytes), met(bytes < NO_BYTES));
    table.row(
        "flat: slowest number of servers at most 1.5 x the fastest",
        number(slope),
        met(slope <= GOAL_SLOPE));
    double aloneBytes =
        timings.of(ExchangeBenchmark.LEFT_ALONE).mapToDouble(Timing::bytes).max().orElseThrow();
    table.row(
        "0 B/op for a call that is left alone", number(aloneBytes), met(aloneBytes < NO_BYTES));
    return table;
  }

  /** One pick of each strategy. */
  static TextTable strategies(Timings timings) {
    return times("strategy", StrategyBenchmark.NAMES, timings);
  }

  /** All that the balancer does for one call, for one that is not balanced and one that is. */
  static TextTable exchanges(Timings timings) {
    return times(
        "call", List.of(ExchangeBenchmark.LEFT_ALONE, ExchangeBenchmark.BALANCED), timings);
  }

  private static TextTable times(String what, List<String> benchmarks, Timings timings) {
    TextTable table = new TextTable(what, "servers", "ns, 1 thread", "ns, 2 threads", "B/op");
    for (String benchmark : benchmarks) {
      for (int servers : timings.servers(benchmark)) {
        Timing one = timings.get(benchmark, servers, 1);
        Timing two = timings.get(benchmark, servers, 2);
        table.row(
            benchmark,
            Integer.toString(servers),
            number(one.nanos()),
            number(two.nanos()),
            number(Math.max(one.bytes(), two.bytes())));
      }
    }
    return table;
  }

  private static String met(boolean isMet) {
    return isMet ? "yes" : "NO";
  }

  /** The largest lag and the largest gap of each picker. */
  static TextTable smoothness(List<WeightSet> sets) {
    TextTable table =
        new TextTable(
            Stream.concat(
                    Stream.of("weights"),
                    Arrays.stream(Picker.values()).map(picker -> picker.benchmark() + " lag / gap"))
                .toArray(String[]::new));
    for (WeightSet set : sets) {
      Stream<String> cells =
          Arrays.stream(Picker.values())
              .map(picker -> Smoothness.of(picker, set.weights()))
              .map(smoothness -> number(smoothness.lag()) + " / " + number(smoothness.gap()));
      table.row(Stream.concat(Stream.of(set.name()), cells).toArray(String[]::new));
    }
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1_000 ? "%.2f" : "%,.0f", value);
  }
}
