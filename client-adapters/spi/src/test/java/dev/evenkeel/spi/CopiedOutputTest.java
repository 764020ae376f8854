package dev.evenkeel.spi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class CopiedOutputTest {
  private final Copy copy = new Copy();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CopiedOutput copied = new CopiedOutput(out, copy, "client");

  @Test
  void body_written_goesOnAndIsCopied() throws IOException {
    copied.write('a');
    copied.write("xbcx".getBytes(US_ASCII), 1, 2);
    copied.end();

    assertThat(out).hasToString("abc");
    assertThat(copy.body).hasToString("abc");
    assertThat(copy.isWhole).isTrue();
  }

  @Test
  void fault_inTheCopy_isNotFeltAndLeavesItUnfinished() throws IOException {
    copied.write('a');
    copy.isFaulty = true;
    copied.write('b');
    copy.isFaulty = false;
    copied.write('c');
    copied.end();

    assertThat(out).hasToString("abc");
    assertThat(copy.body).hasToString("a");
    assertThat(copy.isWhole).isFalse();
  }

  @Test
  void part_thatCouldNotBeWritten_isNotCopied() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken");
          }
        };

    assertThatThrownBy(() -> new CopiedOutput(broken, copy, "client").write('a'))
        .hasMessage("broken");
    assertThat(copy.body.size()).isZero();
  }

  /** Not thread-safe. */
  private static final class Copy implements RequestCopy {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean isFaulty;
    boolean isWhole;

    @Override
    public void begin(String method, String authority, String target) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void body(byte[] bytes, int offset, int length) {
      if (isFaulty) {
        throw new IllegalStateException("no room");
      }
      body.write(bytes, offset, length);
    }

    @Override
    public void end() {
      isWhole = true;
    }
  }
}
