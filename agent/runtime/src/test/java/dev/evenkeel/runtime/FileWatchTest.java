package dev.evenkeel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private final StepLoop loop = new StepLoop();
  private final SetTicker ticker = new SetTicker(WRITTEN.plusSeconds(1));
  private int changes;
  private RuntimeException fault;
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void watchAFile() throws IOException {
    file = directory.resolve("balance.yml");
    write("first", WRITTEN);
    watch = watching(file);
    watch.start();
  }

  private FileWatch watching(Path watched) {
    return new FileWatch(
        loop,
        ticker,
        watched.toFile(),
        () -> {
          changes++;
          if (fault != null) {
            throw fault;
          }
        });
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
  void oldFile_replacedByOneOfTheSameLengthAndTime_isToldInTheEnd() throws IOException {
    ticker.set(WRITTEN.plusSeconds(600));
    loop.step();

    write("other", WRITTEN);
    for (int i = 0; i <= FileWatch.LOOKS_PER_READING; i++) {
      loop.step();
    }

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

  @Test
  void file_thatNeverRests_isToldNowAndThen() throws IOException {
    for (int i = 0; i < FileWatch.MAX_RESTLESS_LOOKS - 1; i++) {
      write("again and again".repeat(i + 1), WRITTEN.plusSeconds(i));
      loop.step();
    }
    assertThat(changes).isZero();

    write("once more", WRITTEN.plusSeconds(60));
    loop.step();

    assertThat(changes).isOne();
  }

  @Test
  void link_ledToAFileOfTheSameTimeAndLength_isTold() throws IOException {
    watch.stop();
    Path link = directory.resolve("link.yml");
    Path other = directory.resolve("other");
    write(other, "other", WRITTEN);
    ticker.set(WRITTEN.plusSeconds(600));
    Files.createSymbolicLink(link, file);
    watch = watching(link);
    watch.start();

    replaceLink(link, other);

    assertToldOnce();
  }

  @Test
  void directory_whoseFilesComeChangeAndGo_isToldOfEach() throws IOException {
    watchTheDirectory();

    write(directory.resolve("a/b/deep.toml"), "added", WRITTEN.plusSeconds(1));
    assertToldOnce();
    write(directory.resolve("a/b/deep.toml"), "changed", WRITTEN.plusSeconds(2));
    assertToldOnce();
    Files.move(directory.resolve("a/b/deep.toml"), directory.resolve("a/b/renamed.toml"));
    assertToldOnce();
    Files.move(directory.resolve("a"), directory.resolve("z"));
    assertToldOnce();
    Files.delete(directory.resolve("z/b/renamed.toml"));
    assertToldOnce();
  }

  @Test
  void directory_whereAnEditorReplacesAFile_isToldOfIt() throws IOException {
    watchTheDirectory();

    Path replacement = directory.resolve("balance.yml.tmp");
    write(replacement, "other", WRITTEN);
    Files.move(replacement, file, StandardCopyOption.REPLACE_EXISTING);

    assertToldOnce();
  }

  @Test
  void directory_whereOtherFilesChange_isNotTold() throws IOException {
    watchTheDirectory();

    write(directory.resolve("balance.yml~"), "backup", WRITTEN.plusSeconds(1));
    write(directory.resolve("README"), "text", WRITTEN.plusSeconds(1));
    Files.createDirectory(directory.resolve("empty"));
    loop.step();
    loop.step();

    assertThat(changes).isZero();
  }

  /** Kubernetes: all links lead through one, which is replaced at once. */
  @Test
  void directory_whoseDataLinkIsSwapped_isToldOnce() throws IOException {
    Path mount = directory.resolve("mount");
    write(mount.resolve("..old/orders.yml"), "weight 1", WRITTEN);
    write(mount.resolve("..new/orders.yml"), "weight 2", WRITTEN);
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..old"));
    Files.createSymbolicLink(mount.resolve("orders.yml"), Path.of("..data/orders.yml"));
    watch.stop();
    ticker.set(WRITTEN.plusSeconds(600));
    watch = watching(mount);
    watch.start();

    replaceLink(mount.resolve("..data"), Path.of("..new"));

    assertToldOnce();
  }

  @Test
  void directory_removedAndBack_isToldEachTime() throws IOException {
    Path conf = directory.resolve("conf.d");
    write(conf.resolve("a.yml"), "first", WRITTEN);
    watch.stop();
    watch = watching(conf);
    watch.start();

    Files.delete(conf.resolve("a.yml"));
    assertToldOnce();
    Files.delete(conf);
    assertToldOnce();
    Files.writeString(conf, "a file of that name");
    assertToldOnce();
    Files.delete(conf);
    assertToldOnce();
    write(conf.resolve("a.yml"), "first", WRITTEN.plusSeconds(9));
    assertToldOnce();
  }

  /** A set of files that is being copied rests between two looks only when it is complete. */
  @Test
  void directory_thatIsBeingFilled_isToldWhenItRests() throws IOException {
    watchTheDirectory();

    for (int i = 0; i < 10; i++) {
      write(directory.resolve("file" + i + ".yml"), "text", WRITTEN.plusSeconds(1));
      loop.step();
    }
    assertThat(changes).isZero();

    loop.step();
    assertThat(changes).isOne();
  }

  @Test
  void directory_thatHoldsTooMuch_isStillWatched() throws IOException {
    Path tooDeep = directory.resolve("d/".repeat(17));
    Files.createDirectories(tooDeep);
    watchTheDirectory();

    write("longer than the first", WRITTEN.plusSeconds(1));
    assertToldOnce();
    Files.delete(tooDeep);
    assertToldOnce();
  }

  /** Nobody writes to it, so that opening it would take for ever. */
  @Test
  void pipe_inTheDirectory_isNotOpened() throws Exception {
    Process made = new ProcessBuilder("mkfifo", directory.resolve("pipe.yml").toString()).start();
    assertThat(made.waitFor()).isZero();

    watchTheDirectory();
    loop.step();

    assertThat(changes).isZero();
  }

  private void watchTheDirectory() {
    watch.stop();
    watch = watching(directory);
    watch.start();
  }

  /** Two looks agree on what they see, and others after them see nothing new. */
  private void assertToldOnce() {
    int before = changes;
    for (int i = 0; i < 4; i++) {
      loop.step();
    }
    assertThat(changes).isEqualTo(before + 1);
  }

  private static void replaceLink(Path link, Path target) throws IOException {
    Path next = link.resolveSibling("..next");
    Files.createSymbolicLink(next, target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private void write(String text, Instant time) throws IOException {
    write(file, text, time);
  }

  private static void write(Path file, String text, Instant time) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
