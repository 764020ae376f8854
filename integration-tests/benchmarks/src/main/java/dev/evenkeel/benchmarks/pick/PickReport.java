package dev.evenkeel.benchmarks.pick;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks with one and with two threads and prints the tables: what {@code run-pick}
 * starts. Not thread-safe; one per JVM.
 */
public final class PickReport {
  private PickReport() {}

  /**
   * Prints the report.
   *
   * @param args the folder for JMH's own output, then options of JMH's, as {@code -f 3}
   */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    Path folder = Path.of(args[0]);
    String[] jmhOptions = List.of(args).subList(1, args.length).toArray(String[]::new);

    System.out.println(
        "Smoothness: largest lag and largest gap, over 20 cycles (3 of long ones)\n");
    System.out.println(PickTables.smoothness(WeightSet.all()));

    List<Timing> timings = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      Path log = folder.resolve("pick-" + threads + ".log");
      System.out.println("JMH with threads: " + threads + ", about four minutes; see " + log);
      timings.addAll(run(jmhOptions, threads, log));
    }

    print(new Timings(timings));
  }

  private static void print(Timings timings) {
    System.out.println("\nOne pick, weights 1 to 10 over and over; times of the best iteration\n");
    System.out.println(PickTables.picks(timings));
    System.out.println("One pick of each strategy, over servers with loads\n");
    System.out.println(PickTables.strategies(timings));
    System.out.println("All that the balancer does for one call\n");
    System.out.println(PickTables.exchanges(timings));
    System.out.println(PickTables.goals(timings));
  }

  private static List<Timing> run(String[] jmhOptions, int threads, Path log)
      throws RunnerException, CommandLineOptionException {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(jmhOptions))
            .include(PickBenchmark.class.getName())
            .include(StrategyBenchmark.class.getName())
            .include(ExchangeBenchmark.class.getName())
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(log.toString())
            .build();
    return new Runner(options).run().stream().map(Timing::of).toList();
  }
}
