package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Ticker;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file has changed, by looking at it: this works on every file system, also where a
 * directory behind a symbolic link is swapped, and needs no thread of its own. A change counts once
 * two looks in a row agree, so that a half-written file is rarely read. Confined to the control
 * thread.
 *
 * <p>Time and length tell most changes. A file system's clock is coarse, though, so two quick
 * writes of equal length may look alike: while the last write is young, the contents are compared
 * too.
 */
final class FileWatch {
  /** Two looks find a change: well within the 2 s that users are promised. */
  static final Duration INTERVAL = Duration.ofMillis(400);

  /** No clock of a file system is coarser (FAT has 2 s). */
  private static final long YOUNG_MILLIS = 5_000;

  /** No checksum is negative. */
  private static final long UNREADABLE = -1;

  private final ControlLoop control;
  private final Ticker ticker;
  private final File file;
  private final Runnable onChange;
  private Stamp reported;
  private @Nullable Stamp last;
  private ControlLoop.@Nullable Cancellable nextLook;

  FileWatch(ControlLoop control, Ticker ticker, File file, Runnable onChange) {
    this.control = control;
    this.ticker = ticker;
    this.file = file;
    this.onChange = onChange;
    this.reported = stamp();
    this.last = reported;
  }

  /** Looks now and then, until stopped. */
  void start() {
    nextLook = control.schedule(INTERVAL, this::look);
  }

  /** Looks no more. */
  void stop() {
    if (nextLook != null) {
      nextLook.cancel();
    }
  }

  /** The file is about to be read as it is now: only a later change will be told. */
  void aboutToRead() {
    reported = stamp();
    last = reported;
  }

  private void look() {
    // First, so that a reading that fails does not end the watch.
    start();
    Stamp now = stamp();
    boolean isSettled = now.equals(last);
    last = now;
    if (isSettled && !now.equals(reported)) {
      reported = now;
      onChange.run();
    }
  }

  private Stamp stamp() {
    long modified = file.lastModified();
    long length = file.length();
    boolean isYoung = ticker.now().toEpochMilli() - modified < YOUNG_MILLIS;
    // What could not be read may be readable now: new permissions leave time and length alone.
    if (!isYoung && last != null && last.isReadable() && last.isOf(modified, length)) {
      return last;
    }
    return new Stamp(modified, length, checksum());
  }

  private long checksum() {
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[8192];
    try (InputStream in = new FileInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
      }
    } catch (IOException unreadable) {
      return UNREADABLE;
    }
    return sum.getValue();
  }

  private record Stamp(long modifiedMillis, long lengthBytes, long checksum) {
    boolean isReadable() {
      return checksum != UNREADABLE;
    }

    boolean isOf(long modified, long length) {
      return modifiedMillis == modified && lengthBytes == length;
    }
  }
}
