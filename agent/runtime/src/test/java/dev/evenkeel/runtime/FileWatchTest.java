package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.balancer.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private final StepLoop loop = new StepLoop();
  private Instant now = WRITTEN.plusSeconds(1);
  private int changes;
  private RuntimeException fault;
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void watchAFile() throws IOException {
    file = directory.resolve("balance.yml");
    write("first", WRITTEN);
    watch =
        new FileWatch(
            loop,
            new Ticker() {
              @Override
              public long nanos() {
                return 0;
              }

              @Override
              public Instant now() {
                return now;
              }
            },
            file.toFile(),
            () -> {
              changes++;
              if (fault != null) {
                throw fault;
              }
            });
    watch.start();
  }

  @Test
  void file_unchanged_isNotTold() {
    loop.step();
    loop.step();

    assertThat(changes).isZero();
  }

  @Test
  void watch_stopped_looksNoMore() {
    loop.step();

    watch.stop();

    assertThat(loop.isIdle()).isTrue();
  }

  @Test
  void file_changed_isToldOnceTwoLooksAgree() throws IOException {
    write("longer than the first", WRITTEN.plusSeconds(2));
    loop.step();
    assertThat(changes).isZero();

    loop.step();
    loop.step();
    loop.step();

    assertThat(changes).isOne();
  }

  @Test
  void file_stillBeingWritten_isNotToldYet() throws IOException {
    write("half", WRITTEN.plusSeconds(2));
    loop.step();
    write("half and more", WRITTEN.plusSeconds(3));
    loop.step();
    assertThat(changes).isZero();

    loop.step();

    assertThat(changes).isOne();
  }

  @Test
  void file_rewrittenWithTheSameLengthAndTime_isTold() throws IOException {
    write("other", WRITTEN);
    loop.step();
    loop.step();

    assertThat(changes).isOne();
  }

  @Test
  void file_deletedAndBack_isToldEachTime() throws IOException {
    Files.delete(file);
    loop.step();
    loop.step();
    assertThat(changes).isOne();

    write("first", WRITTEN.plusSeconds(9));
    loop.step();
    loop.step();

    assertThat(changes).isEqualTo(2);
  }

  @Test
  void file_readMeanwhile_isNotToldAgain() throws IOException {
    write("read by hand", WRITTEN.plusSeconds(2));
    watch.aboutToRead();
    loop.step();
    loop.step();

    assertThat(changes).isZero();
  }

  @Test
  void change_thatCannotBeTakenIn_isNotTheLastOneSeen() throws IOException {
    fault = new IllegalStateException("planted");
    write("second file", WRITTEN.plusSeconds(2));
    loop.step();
    assertThatThrownBy(loop::step).isSameAs(fault);

    fault = null;
    write("third", WRITTEN.plusSeconds(4));
    loop.step();
    loop.step();

    assertThat(changes).isEqualTo(2);
  }

  private void write(String text, Instant time) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
