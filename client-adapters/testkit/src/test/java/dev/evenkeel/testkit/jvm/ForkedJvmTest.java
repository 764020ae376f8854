package dev.evenkeel.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ForkedJvmTest {
  @Test
  void lines_areSeenAsTheyCome() throws IOException {
    try (ForkedJvm jvm = echo("unused").start()) {
      jvm.send("one");
      assertThat(jvm.awaitStdout("one")).isEqualTo("heard one of unused");
      jvm.send("two");
      assertThat(jvm.awaitStderr("TWO")).isEqualTo("heard TWO");
      jvm.send("end");

      assertThat(jvm.awaitExit()).isEqualTo(7);
      assertThat(jvm.stdout()).containsExactly("heard one of unused", "heard two of unused");
    }
  }

  @Test
  void line_thatNeverComes_failsWithTheOutput() throws IOException {
    try (ForkedJvm jvm = echo("x").start()) {
      jvm.send("one");
      jvm.send("end");

      assertThatThrownBy(() -> jvm.awaitStdout("nowhere"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nowhere")
          .hasMessageContaining("heard one of x");
    }
  }

  @Test
  void close_endsTheJvm() throws IOException {
    ForkedJvm jvm = echo("x").start();
    jvm.send("one");
    assertThat(jvm.awaitStdout("one")).isNotEmpty();

    jvm.close();

    assertThat(ProcessHandle.of(jvm.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  private static ForkedJvm.Builder echo(String argument) {
    return ForkedJvm.java()
        .options("-Xshare:auto")
        .classPath(IsolatedLoader.classPath())
        .main(Echo.class.getName(), argument);
  }

  /** Says what it hears, in capitals on standard error. */
  static final class Echo {
    public static void main(String[] args) throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); !"end".equals(line); line = in.readLine()) {
        System.out.println("heard " + line + " of " + args[0]);
        System.err.println("heard " + line.toUpperCase(Locale.ROOT));
      }
      System.exit(7);
    }
  }
}
