package dev.evenkeel.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file. Uses {@code java.io} alone: {@code java.nio.file} would fix the
 * default file system before the application can choose its own. Immutable.
 */
final class ConfigFile {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final String name;
  private final Problems problems;

  ConfigFile(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /** The file's tree; null if there is none, which is then among the problems. */
  Node.@Nullable Block read() {
    return read(false);
  }

  /**
   * The same for one of several files: it may hold nothing but comments, which is noted. One that
   * is quite empty is refused here too, since it may still have to be written.
   */
  Node.@Nullable Block readAmongOthers() {
    return read(true);
  }

  private Node.@Nullable Block read(boolean isAmongOthers) {
    Language language = language();
    String text = language == null ? null : text(language);
    if (language == null || text == null) {
      return null;
    }
    Node root = language.read(name, text, problems);
    if (root instanceof Node.Block block) {
      return block;
    }
    Place whole = Place.root(new Origin(name, 0));
    if (root instanceof Node.Nothing && isAmongOthers && !text.isBlank()) {
      problems.note(whole, "holds nothing but comments");
      return new Node.Block(whole.origin(), Map.of());
    }
    if (root instanceof Node.Nothing) {
      problems.fatal(whole, "empty (expected: a configuration, such as http.services)");
    } else if (root != null) {
      refuse(root.origin().line(), root.describe() + " (expected: a block, such as http:)");
    }
    return null;
  }

  private @Nullable Language language() {
    File file = new File(name);
    Language language = Language.of(name);
    if (!file.exists()) {
      refuse(0, "no such file (looked for " + file.getAbsolutePath() + ")");
    } else if (language == null) {
      refuse(0, "unknown kind of file (expected: " + Language.EXPECTATION + ")");
    } else if (!file.isFile()) {
      // A pipe would hold up the start of the application until somebody writes to it.
      refuse(0, "not a regular file (expected: " + Language.EXPECTATION + ")");
    } else {
      return language;
    }
    return null;
  }

  private @Nullable String text(Language language) {
    byte[] bytes = bytes(language);
    String text = bytes == null ? null : decode(bytes, language);
    return text == null || hasTemplate(text, language) ? null : text;
  }

  private byte @Nullable [] bytes(Language language) {
    int limit = language.limitBytes();
    try (InputStream in = new FileInputStream(name)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length <= limit) {
        return bytes;
      }
      refuse(0, "too large (expected: at most " + limit + " bytes)");
    } catch (IOException e) {
      refuse(0, "cannot be read: " + Printable.of(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private @Nullable String decode(byte[] bytes, Language language) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(in)
              .toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      // The decoder leaves the buffer at the first byte that it could not read.
      String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
      refuse(
          lineAt(before, before.length()),
          "not UTF-8 (expected: " + language.printable() + " as UTF-8 text)");
      return null;
    }
  }

  /** Traefik renders templates before it parses, comments included, and so they are looked for. */
  private boolean hasTemplate(String text, Language language) {
    int at = text.indexOf("{{");
    if (at >= 0) {
      refuse(
          lineAt(text, at),
          "{{: Go templates are not supported (expected: plain "
              + language.printable()
              + "; ${env:NAME} is filled in)");
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
