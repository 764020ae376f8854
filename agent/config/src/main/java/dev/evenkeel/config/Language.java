package dev.evenkeel.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a configuration file is written in, which the end of its name says. Immutable. */
enum Language {
  YAML("YAML", 4),
  // Its parser keeps all of a file's tokens: some hundred bytes for each byte that it reads.
  TOML("TOML", 1);

  /** What a message expects where a file's name ends otherwise. */
  static final String EXPECTATION = "a .yml, .yaml or .toml file, or a directory of them";

  private final String printable;
  private final int limitMebibytes;

  Language(String printable, int limitMebibytes) {
    this.printable = printable;
    this.limitMebibytes = limitMebibytes;
  }

  /** The language of a file; null if its name ends as none does. Case does not matter. */
  static @Nullable Language of(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".toml")) {
      return TOML;
    }
    return lower.endsWith(".yml") || lower.endsWith(".yaml") ? YAML : null;
  }

  /** How messages call it. */
  String printable() {
    return printable;
  }

  /** How large a file may be. */
  int limitBytes() {
    return limitMebibytes << 20;
  }

  /**
   * From text to nodes. A language's parser is loaded with the first file that is written in it.
   *
   * @return {@link Node.Nothing} if the text says nothing; null if it is broken, which is then
   *     among the problems
   */
  @Nullable Node read(String source, String text, Problems problems) {
    return this == TOML
        ? TomlReader.read(source, text, problems)
        : YamlReader.read(source, text, problems);
  }
}
