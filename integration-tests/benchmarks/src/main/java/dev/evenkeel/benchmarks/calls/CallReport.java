package dev.evenkeel.benchmarks.calls;

import dev.evenkeel.benchmarks.Median;
import dev.evenkeel.benchmarks.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The tables over all rounds: medians, and the medians of the comparisons with the direct calls of
 * the same round, which a machine that is slow for a while does not move. Immutable.
 */
public final class CallReport {
  private final List<Round> rounds;

  CallReport(List<Round> rounds) {
    this.rounds = List.copyOf(rounds);
    this.rounds.forEach(round -> round.way().requireShares(round.measured()));
  }

  /**
   * Prints the report.
   *
   * @param args the rounds file
   */
  public static void main(String[] args) throws IOException {
    List<Round> rounds = Files.readAllLines(Path.of(args[0])).stream().map(Round::parse).toList();
    System.out.print(new CallReport(rounds));
  }

  /** A table for each client, in the order of the file. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rounds.stream()
        .map(Round::client)
        .distinct()
        .forEach(client -> text.append('\n').append(table(client)));
    return text.toString();
  }

  private TextTable table(String client) {
    TextTable table =
        new TextTable(
            client,
            "calls/s",
            "p50 us",
            "p99 us",
            "CPU ms/1000",
            "proxy CPU",
            "bytes",
            "x calls/s",
            "x p50",
            "x p99",
            "x CPU",
            "+ bytes",
            "calls by server");
    for (Way way : Way.values()) {
      List<Round> taken =
          rounds.stream().filter(r -> r.client().equals(client) && r.way() == way).toList();
      if (taken.isEmpty()) {
        table.row(way.toString(), "missing", "", "", "", "", "", "", "", "", "", "", "");
      } else {
        row(table, way, taken);
      }
    }
    return table;
  }

  private void row(TextTable table, Way way, List<Round> taken) {
    Measured last = taken.get(taken.size() - 1).measured();
    table.row(
        way.toString(),
        median(taken, "%,.0f", Measured::callsPerSecond),
        median(taken, "%.0f", Measured::p50Micros),
        median(taken, "%.0f", Measured::p99Micros),
        median(taken, "%.1f", Measured::cpuMillis),
        median(taken, "%.1f", Measured::proxyCpuMillis),
        median(taken, "%.0f", Measured::bytes),
        ratio(taken, Measured::callsPerSecond),
        ratio(taken, Measured::p50Micros),
        ratio(taken, Measured::p99Micros),
        ratio(taken, Measured::cpuMillis),
        difference(taken, Measured::bytes),
        last.first() + ":" + last.second() + ":" + last.third());
  }

  private static String median(
      List<Round> taken, String format, ToDoubleFunction<Measured> figure) {
    double[] values = taken.stream().map(Round::measured).mapToDouble(figure).toArray();
    return String.format(Locale.ROOT, format, Median.of(values));
  }

  private String ratio(List<Round> taken, ToDoubleFunction<Measured> figure) {
    return toDirect(taken, "%.2f", figure, (value, direct) -> value / direct);
  }

  private String difference(List<Round> taken, ToDoubleFunction<Measured> figure) {
    return toDirect(taken, "%+.0f", figure, (value, direct) -> value - direct);
  }

  private String toDirect(
      List<Round> taken,
      String format,
      ToDoubleFunction<Measured> figure,
      DoubleBinaryOperator comparison) {
    double[] values =
        taken.stream()
            .mapToDouble(
                round ->
                    comparison.applyAsDouble(
                        figure.applyAsDouble(round.measured()),
                        figure.applyAsDouble(directOf(round).measured())))
            .toArray();
    return String.format(Locale.ROOT, format, Median.of(values));
  }

  private Round directOf(Round other) {
    return rounds.stream()
        .filter(round -> round.way() == Way.DIRECT)
        .filter(round -> round.client().equals(other.client()))
        .filter(round -> round.number() == other.number())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no direct calls in round " + other.number()));
  }
}
