package dev.evenkeel.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one key: what decoding checks and what the reference page says. Immutable.
 *
 * @param name as Traefik writes it; the configuration may use any case
 * @param fallback the default as text; null if there is none
 * @param description one sentence for the reference page
 */
record Option(
    String name, Kind kind, @Nullable String fallback, Support support, String description) {

  static Option of(String name, Kind kind, @Nullable String fallback, String description) {
    return new Option(name, kind, fallback, Support.FULL, description);
  }

  /** The same, accepted without effect. */
  Option noted(String note, String... harmless) {
    return new Option(name, kind, fallback, new Support(note, List.of(harmless)), description);
  }

  /** The same under the last part of its dotted name. */
  Option local() {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return new Option(last, kind, fallback, support, description);
  }
}
