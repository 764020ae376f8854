package dev.evenkeel.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLogTest {
  private static final String STAMP = "evenkeel 2026-11-21 12:03:11.123Z ";

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();

  @Test
  void line_ofEachLevel_hasStampLevelAndText() {
    AgentLog log = log(Level.DEBUG, null);

    log.error("one");
    log.warn("two");
    log.info("three");
    log.debug("four é");

    assertThat(errorLines())
        .containsExactly(
            STAMP + "ERROR one",
            STAMP + "WARN  two",
            STAMP + "INFO  three",
            STAMP + "DEBUG four é");
  }

  @Test
  void line_belowTheLevel_isNotWritten() {
    AgentLog log = log(Level.WARN, null);

    log.info("no");
    log.debug("no");
    log.warn("yes");
    log.warn("yes");

    assertThat(errorLines()).containsExactly(STAMP + "WARN  yes", STAMP + "WARN  yes");
    assertThat(log.isEnabled(Level.WARN)).isTrue();
    assertThat(log.isEnabled(Level.INFO)).isFalse();
  }

  @Test
  void text_withControlCharacters_staysOnOneLine() {
    log(Level.INFO, null).info("a\r\nevenkeel b\u001b[1m\u2028c\td");

    assertThat(errorLines())
        .containsExactly(STAMP + "INFO  a\\x0d\\nevenkeel b\\x1b[1m\\u2028c\td");
  }

  @Test
  void stackTrace_ofAWarning_isWrittenAtDebugOnly() {
    log(Level.INFO, null).warn("without", new IOException("x"));
    log(Level.DEBUG, null).warn("with", new IOException("x"));

    List<String> lines = errorLines();
    assertThat(lines).startsWith(STAMP + "WARN  without", STAMP + "WARN  with");
    assertThat(lines.get(2)).isEqualTo("java.io.IOException: x");
    assertThat(lines.get(3)).contains("stackTrace_ofAWarning");
  }

  @Test
  void fault_repeated_isWrittenOnceAMinuteWithTheCount() {
    AgentLog log = log(Level.ERROR, null);

    log.fault("pick", "fault in pick", new IllegalStateException("x"));
    log.fault("pick", "fault in pick", null);
    log.fault("other", "fault in other", null);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    log.fault("pick", "fault in pick", null);

    assertThat(errorLines().stream().filter(line -> line.startsWith("evenkeel")))
        .containsExactly(
            STAMP + "ERROR fault in pick",
            STAMP + "ERROR fault in other",
            STAMP + "ERROR fault in pick (1 more like this held back)");
    assertThat(errorLines()).contains("java.lang.IllegalStateException: x");
  }

  @Test
  void warning_nowAndThen_isWrittenOnceAMinuteWithTheCount() {
    AgentLog log = log(Level.WARN, null);

    log.warnNowAndThen("lost", "a response was never closed");
    log.warnNowAndThen("lost", "a response was never closed");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    log.warnNowAndThen("lost", "a response was never closed");

    assertThat(errorLines())
        .containsExactly(
            STAMP + "WARN  a response was never closed",
            STAMP + "WARN  a response was never closed (1 more like this held back)");
  }

  @Test
  void fault_whoseThrowableThrows_throwsNothing() {
    Throwable nasty =
        new RuntimeException() {
          private static final long serialVersionUID = 1;

          @Override
          public String getMessage() {
            throw new IllegalStateException("nasty");
          }
        };

    log(Level.ERROR, null).fault("key", "text", nasty);

    log(Level.ERROR, null).error("goes on");
    assertThat(errorLines()).contains(STAMP + "ERROR goes on");
  }

  @Test
  void stream_thatLogsItself_endsThere() {
    AgentLog[] log = new AgentLog[1];
    PrintStream appender =
        new PrintStream(standardError, true, UTF_8) {
          @Override
          public void print(String text) {
            log[0].info("again");
            super.print(text);
          }
        };
    log[0] = new AgentLog(Level.INFO, appender, null, this::wallMillis, nanos::get);

    log[0].info("once");

    assertThat(errorLines()).containsExactly(STAMP + "INFO  once");
  }

  /** As when a stack trace is printed, and printing it makes a call that we have to log about. */
  @Test
  void line_ofAThreadThatHoldsTheStream_waitsForNoOtherLine() throws Exception {
    PrintStream stream = new PrintStream(standardError, false, UTF_8);
    AgentLog log = new AgentLog(Level.INFO, stream, null, this::wallMillis, nanos::get);
    Thread other = new Thread(() -> log.info("of the other"));

    synchronized (stream) {
      other.start();
      while (other.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      log.info("of the holder");
    }
    other.join();

    assertThat(errorLines())
        .containsExactly(STAMP + "INFO  of the holder", STAMP + "INFO  of the other");
  }

  @Test
  void file_whenFull_isSetAsideAndTheOldestGoes() throws IOException {
    File file = directory.resolve("logs/evenkeel.log").toFile();
    AgentLog log = log(Level.INFO, new RotatingFile(file, 100, 2));
    int lineBytes = (STAMP + "INFO  line 0\n").length();
    assertThat(lineBytes).isBetween(34, 50); // two lines a file

    IntStream.range(0, 8).forEach(i -> log.info("line " + i));

    assertThat(texts(file.toPath())).containsExactly("line 6", "line 7");
    assertThat(texts(directory.resolve("logs/evenkeel.log.1"))).containsExactly("line 4", "line 5");
    assertThat(texts(directory.resolve("logs/evenkeel.log.2"))).containsExactly("line 2", "line 3");
    assertThat(directory.resolve("logs/evenkeel.log.3")).doesNotExist();
    assertThat(errorLines()).isEmpty();
    log.close();
  }

  @Test
  void file_thatExists_isAppendedToAndCountedForTheSize() throws IOException {
    Path file = directory.resolve("evenkeel.log");
    Files.writeString(file, "x".repeat(90) + "\n");
    AgentLog log = log(Level.INFO, new RotatingFile(file.toFile(), 100, 1));

    log.info("new");
    log.close();
    log.info("after close");
    log.close();

    assertThat(texts(file)).containsExactly("new", "after close");
    assertThat(directory.resolve("evenkeel.log.1")).hasSize(91);
  }

  @Test
  void file_withNoOlderOnes_startsAnewWhenFull() throws IOException {
    Path file = directory.resolve("evenkeel.log");
    AgentLog log = log(Level.INFO, new RotatingFile(file.toFile(), 10, 0));

    log.info("first");
    log.info("second");
    log.close();

    assertThat(texts(file)).containsExactly("second");
    assertThat(directory.toFile().list()).containsExactly("evenkeel.log");
  }

  @Test
  void file_thatCannotBeWritten_isSaidOnceAndLinesGoToStandardError() throws IOException {
    Path notADirectory = Files.writeString(directory.resolve("plain"), "");
    AgentLog log =
        log(Level.INFO, new RotatingFile(notADirectory.resolve("evenkeel.log").toFile(), 100, 1));

    log.info("one");
    log.info("two");

    List<String> lines = errorLines();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith(STAMP + "WARN  log file cannot be written, going on here: ")
        .contains("plain/evenkeel.log");
    assertThat(lines.subList(1, 3)).containsExactly(STAMP + "INFO  one", STAMP + "INFO  two");
  }

  @Test
  void log_goingOnInAFile_saysSoInTheOldPlaceAndTakesTheNewLevel() throws IOException {
    AgentLog log = log(Level.INFO, null);
    File file = directory.resolve("evenkeel.log").toFile();

    log.goOn(Level.WARN, file, 1000, 1);
    log.info("too low");
    log.goOn(Level.INFO, file, 1000, 1);
    log.info("there");
    log.goOn(Level.INFO, null, 1000, 1);
    log.info("back");

    assertThat(errorLines())
        .containsExactly(STAMP + "INFO  the log goes on: " + file, STAMP + "INFO  back");
    assertThat(texts(file.toPath())).containsExactly("there", "the log goes on: standard error");
  }

  @Test
  void file_thatCannotBeWritten_isNotTriedAgainUntilItIsAnother() throws IOException {
    Path notADirectory = Files.writeString(directory.resolve("plain"), "");
    File file = notADirectory.resolve("evenkeel.log").toFile();
    AgentLog log = log(Level.INFO, new RotatingFile(file, 100, 1));
    log.info("one");

    log.goOn(Level.INFO, file, 100, 1);
    log.info("two");

    assertThat(errorLines()).hasSize(3).endsWith(STAMP + "INFO  one", STAMP + "INFO  two");
  }

  @Test
  void lines_ofManyThreads_areWholeAndAllThere() throws Exception {
    AgentLog log = log(Level.INFO, new RotatingFile(directory.resolve("f").toFile(), 5000, 100));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      threads.add(
          new Thread(() -> IntStream.range(0, 250).forEach(i -> log.info(thread + "/" + i))));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    log.close();

    List<String> all = new ArrayList<>();
    for (File file : directory.toFile().listFiles()) {
      all.addAll(texts(file.toPath()));
    }
    assertThat(all).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void level_ofAName_isFoundInAnyCase() {
    assertThat(Level.parse("Debug")).isEqualTo(Level.DEBUG);
    assertThat(Level.parse("warn")).isEqualTo(Level.WARN);
    assertThat(Level.parse("verbose")).isNull();
  }

  private AgentLog log(Level level, RotatingFile file) {
    PrintStream stream = new PrintStream(standardError, false, UTF_8);
    return new AgentLog(level, stream, file, this::wallMillis, nanos::get);
  }

  private long wallMillis() {
    return Instant.parse("2026-11-21T12:03:11.123Z").toEpochMilli();
  }

  private List<String> errorLines() {
    return standardError.toString(UTF_8).lines().toList();
  }

  private static List<String> texts(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .peek(line -> assertThat(line).startsWith(STAMP + "INFO  "))
        .map(line -> line.substring((STAMP + "INFO  ").length()))
        .toList();
  }
}
