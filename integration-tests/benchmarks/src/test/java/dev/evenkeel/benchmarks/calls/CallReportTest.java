package dev.evenkeel.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallReportTest {
  @Test
  void report_roundsOfChangingSpeed_comparesWithinEachRound() {
    String report =
        report(
            "1 okhttp direct 1000.0 10.000 20.000 5.0000 0.0000 9000.0 60 0 0",
            "1 okhttp balanced 500.0 20.000 30.000 6.0000 0.0000 9600.0 30 20 10",
            "2 okhttp direct 100.0 100.000 200.000 5.0000 0.0000 9000.0 60 0 0",
            "2 okhttp balanced 50.0 200.000 300.000 6.0000 0.0000 9600.0 30 20 10");

    assertThat(cells(report, "balanced"))
        .containsExactly(
            "balanced",
            "275",
            "110",
            "165",
            "6.0",
            "0.0",
            "9600",
            "0.50",
            "2.00",
            "1.50",
            "1.20",
            "+600",
            "30:20:10");
    assertThat(cells(report, "nginx")).containsExactly("nginx", "missing");
  }

  @Test
  void report_twoClients_hasATableForEach() {
    String report =
        report(
            "1 okhttp direct 1000.0 10.000 20.000 5.0000 0.0000 9000.0 60 0 0",
            "1 httpclient5 direct 2000.0 10.000 20.000 5.0000 0.0000 9000.0 60 0 0");

    assertThat(report.lines().filter(line -> line.contains("calls/s")))
        .extracting(line -> line.substring(0, line.indexOf(" ")))
        .containsExactly("okhttp", "httpclient5");
  }

  @Test
  void report_balancedCallsThatAllWentToOneServer_isRefused() {
    assertThatThrownBy(() -> report("1 okhttp balanced 500.0 20.0 30.0 6.0 0.0 9600.0 60 0 0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("balanced: calls by server [60, 0, 0] (expected: by weight [3, 2, 1])");
  }

  @Test
  void measured_printed_isReadBack() {
    Measured measured = new Measured(1234.5, 10.25, 20.5, 5.5, 0.25, 9000.5, 30, 20, 10);

    assertThat(Measured.parse(measured.toString())).isEqualTo(measured);
  }

  @Test
  void round_withoutNumbers_isRefused() {
    assertThatThrownBy(() -> Round.parse("1 okhttp direct "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 9 numbers");
  }

  private static String report(String... lines) {
    return new CallReport(Stream.of(lines).map(Round::parse).toList()).toString();
  }

  private static List<String> cells(String report, String way) {
    return report
        .lines()
        .filter(line -> line.startsWith(way))
        .map(line -> List.of(line.split(" +")))
        .findFirst()
        .orElseThrow();
  }
}
