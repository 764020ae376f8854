package dev.evenkeel.scenarios.differential.subjects;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What the application saw of one exchange, line by line. Thread-safe. */
public final class Seen {
  private static final int SHORT = 200;
  private final List<String> lines = new ArrayList<>();

  synchronized void add(String line) {
    lines.add(line);
  }

  void header(String name, String value) {
    add("header " + name + ": " + value);
  }

  void body(String text) {
    add("body " + shortened(text));
  }

  /** What the call failed with, and why. */
  void failed(Throwable failure) {
    StringBuilder line = new StringBuilder("failed");
    for (Throwable each = failure; each != null; each = each.getCause()) {
      line.append(" ").append(each.getClass().getName()).append(": ").append(each.getMessage());
    }
    add(line.toString());
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** A text, or its length and checksum. */
  public static String shortened(String text) {
    if (text.length() <= SHORT) {
      return text;
    }
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return text.length() + " characters, " + Long.toHexString(sum.getValue());
  }
}
