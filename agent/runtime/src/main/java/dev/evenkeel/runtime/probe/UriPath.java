package dev.evenkeel.runtime.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of RFC 3986 in which {@link java.net.URI} follows the older RFC 2396 or is stricter
 * than what people write into configuration files. Immutable.
 */
final class UriPath {
  private UriPath() {}

  static String orSlash(@Nullable String path) {
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** Takes {@code .} and {@code ..} out of a path that begins with a slash (section 5.2.4). */
  static String withoutDots(String path) {
    String[] segments = path.substring(1).split("/", -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      boolean isUp = segments[i].equals("..");
      boolean isDot = isUp || segments[i].equals(".");
      if (isUp && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      if (!isDot) {
        kept.add(segments[i]);
      } else if (i == segments.length - 1) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  /**
   * Percent-encodes, as UTF-8, what may not stand in a URL but does in files: spaces, braces,
   * letters beyond ASCII. Control characters stay, so that parsing refuses them.
   */
  static String encodeIllegal(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b < 0 || " \"<>\\^`{|}".indexOf(b) >= 0) {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
      } else {
        encoded.append((char) b);
      }
    }
    return encoded.toString();
  }
}
