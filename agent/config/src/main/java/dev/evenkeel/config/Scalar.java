package dev.evenkeel.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A single value. No lambda in here: premain reads defaults through it. Immutable. */
sealed interface Scalar extends Kind {
  /** The typed value; null if the text is none. */
  @Nullable Object parse(String text);

  @Override
  default @Nullable Value decode(Node node, Place place, Context context) {
    if (!(node instanceof Node.Leaf leaf)) {
      refuse(node, place, context);
      return null;
    }
    String text = leaf.expanded();
    if (text == null) {
      text = context.placeholders().expand(leaf.raw(), place, context.problems());
    }
    if (text == null) {
      return null;
    }
    Object data = parse(text);
    if (data == null) {
      refuse(node, place, context);
      return null;
    }
    return new Value(data, place, leaf.describe());
  }

  /** Any text; numbers and booleans count as their text, as in Traefik. */
  record Text(String expectation, String label) implements Scalar {
    static final Text ANY = new Text("text", "text");

    @Override
    public String parse(String text) {
      return text;
    }
  }

  /** {@code true} or {@code false} in each spelling that Go's {@code strconv.ParseBool} takes. */
  record Flag() implements Scalar {
    private static final List<String> TRUE = List.of("1", "t", "T", "true", "TRUE", "True");
    private static final List<String> FALSE = List.of("0", "f", "F", "false", "FALSE", "False");

    @Override
    public @Nullable Boolean parse(String text) {
      if (TRUE.contains(text)) {
        return Boolean.TRUE;
      }
      return FALSE.contains(text) ? Boolean.FALSE : null;
    }

    @Override
    public String expectation() {
      return "true or false";
    }

    @Override
    public String label() {
      return "true/false";
    }
  }

  /** A whole number; {@code 1.0} is one and {@code 1.5} is not, as in Traefik. */
  record Whole(long min, long max) implements Scalar {
    static final Whole INT = new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final Whole LONG = new Whole(Long.MIN_VALUE, Long.MAX_VALUE);

    @Override
    public @Nullable Long parse(String text) {
      int point = text.indexOf('.');
      if (!isPlain(text) || (point >= 0 && !isZeros(text, point + 1))) {
        return null;
      }
      try {
        long number = Long.parseLong(point < 0 ? text : text.substring(0, point));
        return number < min || number > max ? null : number;
      } catch (NumberFormatException e) {
        return null;
      }
    }

    /** Java also reads the digits of other scripts. */
    private static boolean isPlain(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }

    private static boolean isZeros(String text, int from) {
      for (int i = from; i < text.length(); i++) {
        if (text.charAt(i) != '0') {
          return false;
        }
      }
      return from < text.length();
    }

    @Override
    public String expectation() {
      if (this.equals(INT) || this.equals(LONG)) {
        return "integer";
      }
      return max == Long.MAX_VALUE ? "integer from " + min : "integer " + min + ".." + max;
    }

    @Override
    public String label() {
      return expectation();
    }
  }

  /** See {@link Durations}. */
  record Time() implements Scalar {
    @Override
    public @Nullable Object parse(String text) {
      return Durations.parse(text);
    }

    @Override
    public String expectation() {
      return "duration such as 10s, 1m30s or 300ms; a bare number counts seconds";
    }

    @Override
    public String label() {
      return "duration";
    }
  }

  /** One of a few words, in any case; typed as the word in lower case. */
  record OneOf(List<String> words) implements Scalar {
    @Override
    public @Nullable String parse(String text) {
      for (String word : words) {
        if (word.equalsIgnoreCase(text)) {
          return word;
        }
      }
      return null;
    }

    @Override
    public String expectation() {
      int last = words.size() - 1;
      return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    @Override
    public String label() {
      return expectation();
    }
  }
}
