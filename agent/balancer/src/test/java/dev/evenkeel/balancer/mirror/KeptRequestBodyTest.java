package dev.evenkeel.balancer.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeptRequestBodyTest {
  private static final byte[] TEXT = "a text".getBytes(StandardCharsets.UTF_8);

  @Test
  void body_inParts_isWholeWhenItEnds() throws IOException {
    KeptRequestBody body = new KeptRequestBody(-1, 100);

    body.body(TEXT, 0, 2);
    body.body(TEXT, 2, 4);
    assertThat(body.isWhole()).isFalse();
    body.end();

    assertThat(body.isWhole()).isTrue();
    assertThat(body.open().readAllBytes()).isEqualTo(TEXT);
  }

  @Test
  void body_ofAKnownLength_isWholeWithItsLastByte() {
    KeptRequestBody body = new KeptRequestBody(TEXT.length, 100);

    body.body(TEXT, 0, 5);
    assertThat(body.isWhole()).isFalse();
    body.body(TEXT, 5, 1);

    assertThat(body.isWhole()).isTrue();
  }

  @Test
  void body_overTheLimit_isNeverWhole() {
    KeptRequestBody body = new KeptRequestBody(-1, TEXT.length);

    body.body(TEXT, 0, 6);
    body.body(TEXT, 0, 1);
    body.body(TEXT, 0, 1);
    body.end();

    assertThat(body.isWhole()).isFalse();
  }

  @Test
  void part_thatCannotBeKept_isNotFeltAndLeavesNoHole() {
    KeptRequestBody body = new KeptRequestBody(-1, 100);

    body.body(TEXT, 0, 2);
    body.body(TEXT, 5, 4); // beyond the array, as a stand-in for a heap that is full
    body.body(TEXT, 2, 4);
    body.end();

    assertThat(body.isWhole()).isFalse();
  }
}
