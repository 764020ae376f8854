package dev.evenkeel.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration file. Uses {@code java.io} alone: {@code java.nio.file} would fix the
 * default file system before the application can choose its own. Immutable.
 */
final class ConfigFile {
  private static final int LIMIT_BYTES = 4 << 20;

  private final String name;
  private final Problems problems;

  ConfigFile(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /** The file's tree; null if there is none, which is then among the problems. */
  Node.@Nullable Block read() {
    if (!isSupported()) {
      return null;
    }
    byte[] bytes = bytes();
    String text = bytes == null ? null : decode(bytes);
    if (text == null || hasTemplate(text)) {
      return null;
    }
    Node root = YamlReader.read(name, text, problems);
    if (root instanceof Node.Block block) {
      return block;
    }
    if (root instanceof Node.Nothing) {
      refuse(0, "empty (expected: a configuration, such as http.services)");
    } else if (root != null) {
      refuse(root.origin().line(), root.describe() + " (expected: a block, such as http:)");
    }
    return null;
  }

  private boolean isSupported() {
    File file = new File(name);
    String lower = name.toLowerCase(Locale.ROOT);
    if (file.isDirectory()) {
      refuse(0, "a directory is not supported by this version (expected: a .yml or .yaml file)");
    } else if (lower.endsWith(".toml")) {
      refuse(0, "TOML is not supported by this version (expected: a .yml or .yaml file)");
    } else if (!lower.endsWith(".yml") && !lower.endsWith(".yaml")) {
      refuse(0, "unknown kind of file (expected: a .yml or .yaml file)");
    } else if (!file.exists()) {
      refuse(0, "no such file (looked for " + file.getAbsolutePath() + ")");
    } else if (!file.isFile()) {
      // A pipe would hold up the start of the application until somebody writes to it.
      refuse(0, "not a regular file (expected: a .yml or .yaml file)");
    } else {
      return true;
    }
    return false;
  }

  private byte @Nullable [] bytes() {
    try (InputStream in = new FileInputStream(name)) {
      byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
      if (bytes.length <= LIMIT_BYTES) {
        return bytes;
      }
      refuse(0, "too large (expected: at most " + LIMIT_BYTES + " bytes)");
    } catch (IOException e) {
      refuse(0, "cannot be read: " + Printable.of(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private @Nullable String decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(in)
              .toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      // The decoder leaves the buffer at the first byte that it could not read.
      String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
      refuse(lineAt(before, before.length()), "not UTF-8 (expected: YAML as UTF-8 text)");
      return null;
    }
  }

  /** Traefik renders templates before it parses, comments included, and so they are looked for. */
  private boolean hasTemplate(String text) {
    int at = text.indexOf("{{");
    if (at >= 0) {
      refuse(
          lineAt(text, at),
          "{{: Go templates are not supported (expected: plain YAML; ${env:NAME} is filled in)");
    }
    return at >= 0;
  }

  private static int lineAt(String text, int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }

  private void refuse(int line, String text) {
    problems.fatal(Place.root(new Origin(name, line)), text);
  }
}
