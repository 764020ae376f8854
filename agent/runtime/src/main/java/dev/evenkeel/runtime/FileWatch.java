package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ControlLoop;
import java.io.File;
import java.time.Duration;

/**
 * Tells when a file has changed, by looking at its time and length: this works on every file
 * system, also where a directory behind a symbolic link is swapped, and needs no thread of its own.
 * A change counts once two looks in a row agree, so that a half-written file is rarely read.
 * Confined to the control thread.
 */
final class FileWatch {
  /** Two looks find a change: well within the 2 s that users are promised. */
  static final Duration INTERVAL = Duration.ofMillis(400);

  private final ControlLoop control;
  private final File file;
  private final Runnable onChange;
  private Stamp reported;
  private Stamp last;

  FileWatch(ControlLoop control, File file, Runnable onChange) {
    this.control = control;
    this.file = file;
    this.onChange = onChange;
    this.reported = Stamp.of(file);
    this.last = reported;
  }

  /** Looks now and then, until the control loop ends. */
  void start() {
    control.schedule(INTERVAL, this::look);
  }

  /** The file is about to be read as it is now: only a later change will be told. */
  void aboutToRead() {
    reported = Stamp.of(file);
    last = reported;
  }

  private void look() {
    Stamp now = Stamp.of(file);
    if (now.equals(last) && !now.equals(reported)) {
      reported = now;
      onChange.run();
    }
    last = now;
    control.schedule(INTERVAL, this::look);
  }

  private record Stamp(long modifiedMillis, long lengthBytes) {
    static Stamp of(File file) {
      return new Stamp(file.lastModified(), file.length());
    }
  }
}
