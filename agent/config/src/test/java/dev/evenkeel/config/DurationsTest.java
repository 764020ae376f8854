package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30, 30000000000",
    "0, 0",
    "-5, -5000000000",
    "+2, 2000000000",
    "300ms, 300000000",
    "1.5s, 1500000000",
    ".5s, 500000000",
    "1.s, 1000000000",
    "2m30s, 150000000000",
    "1h, 3600000000000",
    "1h0.5m, 3630000000000",
    "5us, 5000",
    "5\u00b5s, 5000",
    "5\u03bcs, 5000",
    "7ns, 7",
    "1.9ns, 1",
    "-1m, -60000000000",
    "9223372036854775807ns, 9223372036854775807",
  })
  void duration_inGoSyntaxOrSeconds_isRead(String text, long nanos) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "-",
        "+",
        ".",
        ".s",
        "1.5",
        "10 s",
        "10sec",
        "1d",
        "1..5s",
        "1s2",
        "--1s",
        "1S",
        "9223372036854775808ns",
        "9223372037",
        "3000000h",
        "\u0661s"
      })
  void text_thatIsNoDuration_isNotRead(String text) {
    assertThat(Durations.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "5400000000000, 1h30m",
    "1500000000, 1.5s",
    "300000000, 300ms",
    "0, 0s",
    "-60000000000, -1m",
    "1, 1ns",
    "3600000000001, 1h1ns"
  })
  void duration_whenPrinted_isShort(long nanos, String text) {
    assertThat(Durations.print(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @Property
  void everyDuration_whenPrinted_isReadBack(@ForAll @LongRange(min = -Long.MAX_VALUE) long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(Durations.parse(Durations.print(duration))).isEqualTo(duration);
  }

  @Property
  void anyText_isADurationOrNone(@ForAll String text) {
    Duration read = Durations.parse(text);

    assertThat(read == null || Durations.parse(Durations.print(read)).equals(read)).isTrue();
  }
}
