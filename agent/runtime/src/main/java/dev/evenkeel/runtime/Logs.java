package dev.evenkeel.runtime;

import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.Level;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Opens the agent's log as the settings say. A value that is not understood gives the default here;
 * the configuration's problems name it. Thread-safe.
 */
final class Logs {
  private static final long DEFAULT_MAX_BYTES = 10L << 20;
  private static final int DEFAULT_FILES = 3;

  private Logs() {}

  static AgentLog open(Settings settings) {
    Level level = level(settings);
    File file = file(settings);
    return file == null
        ? AgentLog.toStandardError(level, new SystemTicker())
        : AgentLog.toFile(
            level, new SystemTicker(), file, maxBytes(settings), olderFiles(settings));
  }

  /** Goes on as the settings say now that the configuration file was read. */
  static void apply(Settings settings, AgentLog log) {
    log.goOn(level(settings), file(settings), maxBytes(settings), olderFiles(settings));
  }

  private static @Nullable File file(Settings settings) {
    String name = settings.get("log.file");
    return name == null ? null : new File(name);
  }

  private static long maxBytes(Settings settings) {
    return number(settings.get("log.maxSize"), DEFAULT_MAX_BYTES, 1);
  }

  private static int olderFiles(Settings settings) {
    return (int) number(settings.get("log.files"), DEFAULT_FILES, 0);
  }

  private static Level level(Settings settings) {
    String name = settings.get("log.level");
    Level level = name == null ? null : Level.parse(name);
    return level == null ? Level.INFO : level;
  }

  private static long number(@Nullable String text, long otherwise, long least) {
    try {
      return text == null ? otherwise : Math.max(least, Long.parseLong(text.trim()));
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }
}
