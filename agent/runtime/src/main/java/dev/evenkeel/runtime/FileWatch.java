package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.config.ConfigFiles;
import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file has changed, or one of those in a directory and below it, by looking at them:
 * this works on every file system, also where a directory behind a symbolic link is swapped, and
 * needs no thread of its own. A change counts once two looks in a row agree, so that a half-written
 * file, or half of a set of files, is rarely read. Confined to the control thread.
 */
final class FileWatch {
  /** Two looks find a change: well within the 2 s that users are promised. */
  static final Duration INTERVAL = Duration.ofMillis(400);

  /** So many looks that do not agree are 10 s: a file that never rests must not hide the others. */
  static final int MAX_RESTLESS_LOOKS = 25;

  /** Time and length do not tell all changes: so often contents are, still within those 2 s. */
  static final int LOOKS_PER_READING = 3;

  private final ControlLoop control;
  private final Ticker ticker;
  private final File file;
  private final Runnable onChange;
  private Stamp reported;
  private @Nullable Stamp last;
  private int restlessLooks;
  private int looks;
  private ControlLoop.@Nullable Cancellable nextLook;

  /**
   * Looks for the first time.
   *
   * @param file a file or a directory, which may come to be there, and to be the other, later on
   */
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
    restlessLooks = 0;
  }

  /** Whether what was about to be read is something else by now. */
  boolean hasChanged() {
    return !stamp().equals(reported);
  }

  private void look() {
    // First, so that a reading that fails does not end the watch.
    start();
    looks++;
    Stamp now = stamp();
    restlessLooks = now.equals(last) ? 0 : restlessLooks + 1;
    last = now;
    if (now.equals(reported) || (restlessLooks > 0 && restlessLooks < MAX_RESTLESS_LOOKS)) {
      return;
    }
    reported = now;
    restlessLooks = 0;
    onChange.run();
  }

  private Stamp stamp() {
    ConfigFiles found = ConfigFiles.of(file);
    Map<String, FileStamp> files = new HashMap<>();
    Stamp known = looks % LOOKS_PER_READING == 0 ? null : last;
    for (File each : found.files()) {
      FileStamp before = known == null ? null : known.files().get(each.getPath());
      files.put(
          each.getPath(),
          found.problem().isEmpty()
              ? FileStamp.of(each, before, ticker.now())
              : FileStamp.withoutContents(each));
    }
    return new Stamp(files, found.problem());
  }

  /**
   * What a look saw.
   *
   * @param files by path
   * @param problem why there may be more of them
   */
  private record Stamp(Map<String, FileStamp> files, String problem) {}
}
