package dev.evenkeel.scenarios.differential.subjects;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it arrived. Immutable.
 *
 * @param line byte for byte
 * @param headers the lines after it, byte for byte
 */
public record Request(String line, List<String> headers) {
  public Request {
    headers = List.copyOf(headers);
  }

  public String method() {
    return line.substring(0, line.indexOf(' '));
  }

  public String target() {
    return line.split(" ", -1)[1];
  }

  /** The path of the exchange. */
  String path() {
    String[] parts = target().split("/", -1);
    return "/" + parts[1] + "/" + parts[2];
  }

  /** The first value of a header, by case-insensitive name; null if there is none. */
  public @Nullable String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
        .map(header -> header.substring(start.length()).strip())
        .findFirst()
        .orElse(null);
  }

  boolean has(String name) {
    return header(name) != null;
  }

  boolean endsWith(String path) {
    return target().endsWith(path);
  }
}
