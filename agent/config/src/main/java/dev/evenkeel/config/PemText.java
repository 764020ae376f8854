package dev.evenkeel.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Certificates or keys as Traefik takes them: a file's name, or the text itself. Uses {@code
 * java.io} alone, as {@link ConfigFile} does. Not thread-safe; one per value.
 */
final class PemText {
  private static final int LIMIT_BYTES = 1 << 20;
  private static final int MAX_NAME = 255;

  private final Problems problems;

  PemText(Problems problems) {
    this.problems = problems;
  }

  /** The text; null if there is none, which is then among the problems. */
  @Nullable String read(Value value) {
    return read(value, value.printable() + ": ");
  }

  /** The same for a key: what is no file's name may be a key that lost its first line. */
  @Nullable String readKey(Value value) {
    boolean isName = new File(value.data().toString()).isFile();
    return read(value, isName ? value.printable() + ": " : "");
  }

  private @Nullable String read(Value value, String shown) {
    String given = value.data().toString();
    if (given.contains(Printable.PEM)) {
      return given;
    }
    if (given.length() > MAX_NAME || given.indexOf('\n') >= 0) {
      // Not shown: it may be a key that lost its first line.
      problems.fatal(value.place(), "neither a file nor PEM (expected: one of them)");
      return null;
    }
    File file = new File(given);
    if (!file.isFile()) {
      String what = file.exists() ? "not a regular file" : "no such file";
      problems.fatal(value.place(), shown + what + " (expected: name of a PEM file, or PEM)");
      return null;
    }
    try (InputStream in = new FileInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
      if (bytes.length <= LIMIT_BYTES) {
        return new String(bytes, StandardCharsets.US_ASCII);
      }
      problems.fatal(value.place(), shown + "too large (expected: at most 1 MiB of PEM)");
    } catch (IOException e) {
      problems.fatal(value.place(), shown + "cannot be read (expected: a PEM file to read)");
    }
    return null;
  }
}
