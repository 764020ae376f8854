package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import org.jspecify.annotations.Nullable;

/**
 * From a decoded entry of {@code evenkeel.services} to its spec. Not thread-safe; one per service.
 */
final class ExtrasReader {
  private final Problems problems;

  ExtrasReader(Problems problems) {
    this.problems = problems;
  }

  /** Options with a problem count as absent. */
  ExtrasSpec read(Section extras) {
    Section hash = extras.section("hash");
    return new ExtrasSpec(hash == null ? null : key(hash, "key"));
  }

  private @Nullable KeySpec key(Section section, String name) {
    Value value = section.value(name);
    if (value == null) {
      return null;
    }
    String text = section.text(name);
    try {
      return KeySpec.parse(text);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      problems.fatal(value.place(), value.printable() + message.substring(text.length()));
      return null;
    }
  }
}
