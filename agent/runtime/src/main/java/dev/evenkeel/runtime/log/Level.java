package dev.evenkeel.runtime.log;

import org.jspecify.annotations.Nullable;

/** How much the agent says: each level includes those before it. Immutable. */
public enum Level {
  /** Something is broken and stays so. */
  ERROR("ERROR"),
  /** Something went wrong and was dealt with. */
  WARN("WARN "),
  /** What an operator wants to know of a healthy agent. */
  INFO("INFO "),
  /** What a developer wants to know, with stack traces. */
  DEBUG("DEBUG");

  private final String padded;

  Level(String padded) {
    this.padded = padded;
  }

  /**
   * The level of a name, in any case.
   *
   * @return null if there is none of that name
   */
  public static @Nullable Level parse(String name) {
    for (Level level : values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    return null;
  }

  /** The name, as wide as the widest. */
  String padded() {
    return padded;
  }
}
