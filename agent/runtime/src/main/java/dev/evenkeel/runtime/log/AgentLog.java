package dev.evenkeel.runtime.log;

import dev.evenkeel.balancer.Ticker;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * The agent's log: lines as {@code evenkeel 2026-11-21 12:03:11.123Z INFO text}, in UTC, one a
 * message; control characters in a text are written as {@code \n} or {@code \x1b}, so that no text
 * can forge a line.
 *
 * <p>Stack traces are written at {@link Level#DEBUG}, and for a {@linkplain #fault fault}. No
 * method throws. Thread-safe.
 */
public final class AgentLog {
  private static final String LINE_END = System.lineSeparator();

  private final PrintStream standardError;
  private final WallClock clock;
  private final FaultLimiter faults;
  private final ThreadLocal<@Nullable Boolean> writing = new ThreadLocal<>();

  /** Guards the file alone. */
  private final Object lock = new Object();

  private volatile Level level;
  private @Nullable RotatingFile wantedFile;

  /** Null once it could not be written. */
  private @Nullable RotatingFile file;

  AgentLog(
      Level level,
      PrintStream standardError,
      @Nullable RotatingFile file,
      WallClock clock,
      Ticker ticker) {
    this.level = level;
    this.standardError = standardError;
    this.wantedFile = file;
    this.file = file;
    this.clock = clock;
    this.faults = new FaultLimiter(ticker);
  }

  /**
   * A log on the standard error stream as it is now, whatever the application sets later.
   *
   * @param ticker for the limit on repeated faults
   */
  public static AgentLog toStandardError(Level level, Ticker ticker) {
    return new AgentLog(level, System.err, null, new WallClock.SystemClock(), ticker);
  }

  /**
   * A log in a file, which is appended to, and created with its directory if absent. If the file
   * cannot be written, that is said once on standard error, and all later lines go there.
   *
   * @param maxBytes above zero: the size at which the file is set aside as {@code <file>.1}
   * @param olderFiles 0 or more: how many of those are kept
   */
  public static AgentLog toFile(
      Level level, Ticker ticker, File file, long maxBytes, int olderFiles) {
    RotatingFile rotating = new RotatingFile(file, maxBytes, olderFiles);
    return new AgentLog(level, System.err, rotating, new WallClock.SystemClock(), ticker);
  }

  /** True if lines of this level are written. */
  public boolean isEnabled(Level wanted) {
    return wanted.compareTo(level) <= 0;
  }

  /** Something is broken and stays so. */
  public void error(String text) {
    log(Level.ERROR, text, null);
  }

  /** Something went wrong and was dealt with. */
  public void warn(String text) {
    log(Level.WARN, text, null);
  }

  /** As {@link #warn(String)}, with a stack trace if DEBUG is on. */
  public void warn(String text, Throwable thrown) {
    log(Level.WARN, text, isEnabled(Level.DEBUG) ? thrown : null);
  }

  /** What an operator wants to know of a healthy agent. */
  public void info(String text) {
    log(Level.INFO, text, null);
  }

  /** What a developer wants to know. */
  public void debug(String text) {
    log(Level.DEBUG, text, null);
  }

  /**
   * A fault of the agent's own: an ERROR with the stack trace, at most once a minute for the same
   * key; the next line of that key says how many were held back.
   *
   * @param key the kind of fault, one of few
   * @param thrown null if there is none
   */
  public void fault(String key, String text, @Nullable Throwable thrown) {
    nowAndThen(Level.ERROR, key, text, thrown);
  }

  /**
   * What the application should look into, and what may come in masses: a WARN, at most once a
   * minute for the same key, as with {@link #fault}.
   *
   * @param key the kind of line, one of few
   */
  public void warnNowAndThen(String key, String text) {
    nowAndThen(Level.WARN, key, text, null);
  }

  private void nowAndThen(Level atLevel, String key, String text, @Nullable Throwable thrown) {
    try {
      int heldBack = faults.admit(key);
      if (heldBack == FaultLimiter.HELD_BACK) {
        return;
      }
      StringBuilder line = new StringBuilder(text);
      if (heldBack > 0) {
        line.append(" (").append(heldBack).append(" more like this held back)");
      }
      log(atLevel, line.toString(), thrown);
    } catch (Throwable e) {
      // a log must not fail its callers, not even when the heap is full
    }
  }

  /**
   * Goes on at another level, and in another place; the old one gets a line that says so.
   *
   * @param newFile null for standard error
   * @param maxBytes as for {@link #toFile}
   * @param olderFiles as for {@link #toFile}
   */
  public void goOn(Level newLevel, @Nullable File newFile, long maxBytes, int olderFiles) {
    RotatingFile wanted = newFile == null ? null : new RotatingFile(newFile, maxBytes, olderFiles);
    if (!isIn(wanted)) {
      info("the log goes on: " + (newFile == null ? "standard error" : newFile.getPath()));
      synchronized (lock) {
        close();
        wantedFile = wanted;
        file = wanted;
      }
    }
    level = newLevel;
  }

  private boolean isIn(@Nullable RotatingFile wanted) {
    synchronized (lock) {
      return wanted == null ? wantedFile == null : wanted.isSameAs(wantedFile);
    }
  }

  /** Closes the file, if there is one; later lines open it again. */
  public void close() {
    try {
      synchronized (lock) {
        if (file != null) {
          file.close();
        }
      }
    } catch (IOException e) {
      // The next line opens it anew, or says why it cannot.
    }
  }

  private void log(Level at, String text, @Nullable Throwable thrown) {
    if (!isEnabled(at)) {
      return;
    }
    try {
      write(format(at, text, thrown));
    } catch (Throwable e) {
      // as above
    }
  }

  private String format(Level at, String text, @Nullable Throwable thrown) {
    StringBuilder line = begin(at);
    LineText.appendEscaped(line, text);
    line.append(LINE_END);
    if (thrown != null) {
      StringWriter trace = new StringWriter();
      PrintWriter printer = new PrintWriter(trace);
      thrown.printStackTrace(printer);
      printer.flush();
      line.append(trace);
    }
    return line.toString();
  }

  private StringBuilder begin(Level at) {
    StringBuilder line = new StringBuilder("evenkeel ");
    LineStamp.append(line, clock.millis());
    return line.append(' ').append(at.padded()).append(' ');
  }

  private void write(String lines) {
    if (writing.get() != null) {
      return; // the stream itself came back to us: an application's, met by an attach
    }
    writing.set(Boolean.TRUE);
    try {
      String rest = inFile(lines);
      if (rest != null) {
        // Without a lock of ours: whoever holds the stream's own lock may be logging too.
        print(rest);
      }
    } finally {
      writing.remove();
    }
  }

  /** What is left for standard error; null if there is nothing. */
  private @Nullable String inFile(String lines) {
    synchronized (lock) {
      if (file == null) {
        return lines;
      }
      try {
        file.write(lines);
        return null;
      } catch (IOException | SecurityException e) {
        return giveUpFile(e).concat(lines);
      }
    }
  }

  /** What to say about it. */
  private String giveUpFile(Exception reason) {
    file = null;
    StringBuilder line = begin(Level.WARN).append("log file cannot be written, going on here: ");
    LineText.appendEscaped(line, String.valueOf(reason.getMessage()));
    return line.append(LINE_END).toString();
  }

  /** One text in one go, which a print stream keeps whole. */
  private void print(String lines) {
    standardError.print(lines);
    standardError.flush();
  }
}
