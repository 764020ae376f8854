package dev.evenkeel.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineStampTest {
  private static final DateTimeFormatter EXPECTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void stamp_ofKnownInstants_isUtcDateAndTime() {
    assertThat(stamp(0)).isEqualTo("1970-01-01 00:00:00.000Z");
    assertThat(stamp(-1)).isEqualTo("1969-12-31 23:59:59.999Z");
    assertThat(stamp(Instant.parse("2024-02-29T23:59:59.007Z").toEpochMilli()))
        .isEqualTo("2024-02-29 23:59:59.007Z");
    assertThat(stamp(Instant.parse("2100-03-01T00:00:00Z").toEpochMilli()))
        .isEqualTo("2100-03-01 00:00:00.000Z");
  }

  @Test
  void stamp_ofEveryDayOfFourCenturies_equalsTheJdks() {
    Random random = new Random(7);
    for (long day = -40_000; day < 110_000; day++) {
      long millis = day * 86_400_000 + random.nextInt(86_400_000);
      assertThat(stamp(millis)).isEqualTo(EXPECTED.format(Instant.ofEpochMilli(millis)));
    }
  }

  private static String stamp(long millis) {
    StringBuilder text = new StringBuilder();
    LineStamp.append(text, millis);
    return text.toString();
  }
}
