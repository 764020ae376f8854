package dev.evenkeel.benchmarks.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class PickTablesTest {
  @Test
  void picks_oneNumberOfServers_haveTheRatioOfOursToEach() {
    String table = PickTables.picks(timings(4, 0)).toString();

    assertThat(table.lines().skip(1).map(line -> line.trim().split(" +")))
        .extracting(cells -> cells[0], cells -> cells[2], cells -> cells[7], cells -> cells[8])
        .containsExactly(
            tuple("evenkeel", "4.00", "1.00", "1.00"),
            tuple("armeria", "8.00", "0.50", "0.25"),
            tuple("grpc", "16.00", "0.25", "0.50"),
            tuple("evenkeelLongCycle", "5.00", "0.80", "0.80"));
  }

  @Test
  void exchanges_eachCall_haveTimesAndTheLargerAllocation() {
    assertThat(PickTables.exchanges(timings(4, 0)))
        .hasToString(
            """
            call       servers  ns, 1 thread  ns, 2 threads    B/op
            leftAlone        3          2.00           2.00    0.00
            balanced         3         50.00          90.00  100.40
            """);
  }

  @Test
  void strategies_each_haveTimesOfTheirOwnNumbersOfServers() {
    List<Timing> timings = new ArrayList<>(timings(4, 0).all());
    for (String strategy : StrategyBenchmark.NAMES) {
      timings.add(new Timing(strategy, 64, 1, 20, 0));
      timings.add(new Timing(strategy, 64, 2, 40, 0));
    }

    assertThat(PickTables.strategies(new Timings(timings)))
        .hasToString(
            """
            strategy   servers  ns, 1 thread  ns, 2 threads  B/op
            wrr             64         20.00          40.00  0.00
            p2c             64         20.00          40.00  0.00
            leasttime       64         20.00          40.00  0.00
            hrw             64         20.00          40.00  0.00
            """);
    assertThat(PickTables.picks(new Timings(timings)))
        .hasToString(PickTables.picks(timings(4, 0)).toString());
  }

  @Test
  void goals_fastAndWithoutAllocation_areMet() {
    assertThat(PickTables.goals(timings(4, 0)).toString()).doesNotContain("NO");
  }

  @Test
  void goals_slow_areMissed() {
    assertThat(PickTables.goals(timings(11, 0)).toString().lines())
        .filteredOn(line -> line.endsWith("NO"))
        .singleElement()
        .asString()
        .startsWith("at most 10 ns");
  }

  @Test
  void goals_allocating_areMissed() {
    assertThat(PickTables.goals(timings(4, 16)).toString().lines())
        .filteredOn(line -> line.endsWith("NO"))
        .singleElement()
        .asString()
        .startsWith("0 B/op");
  }

  @Test
  void goals_slowerWithMoreServers_areMissed() {
    List<Timing> timings = new ArrayList<>(timings(4, 0).all());
    timings.add(new Timing("evenkeel", 100, 1, 6.1, 0));

    assertThat(PickTables.goals(new Timings(timings)).toString().lines())
        .filteredOn(line -> line.endsWith("NO"))
        .singleElement()
        .asString()
        .startsWith("flat");
  }

  @Test
  void timings_notMeasured_saySo() {
    assertThatThrownBy(() -> timings(4, 0).get("grpc", 7, 1))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("not measured: grpc with 7 servers and 1 threads");
  }

  private static Timings timings(double oursNanos, double oursBytes) {
    return new Timings(
        List.of(
            new Timing("leftAlone", 3, 1, 2, 0),
            new Timing("leftAlone", 3, 2, 2, 0),
            new Timing("balanced", 3, 1, 50, 100.4),
            new Timing("balanced", 3, 2, 90, 100),
            new Timing("evenkeel", 3, 1, oursNanos, oursBytes),
            new Timing("evenkeel", 3, 2, 2 * oursNanos, oursBytes),
            new Timing("armeria", 3, 1, 8, 0),
            new Timing("armeria", 3, 2, 32, 0),
            new Timing("grpc", 3, 1, 16, 0),
            new Timing("grpc", 3, 2, 16, 0),
            new Timing("evenkeelLongCycle", 3, 1, 5, 0),
            new Timing("evenkeelLongCycle", 3, 2, 10, 0)));
  }
}
