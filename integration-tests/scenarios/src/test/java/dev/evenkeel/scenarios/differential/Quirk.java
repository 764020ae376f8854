package dev.evenkeel.scenarios.differential;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A difference that is declared. Immutable.
 *
 * @param reason why it is there, and whose it is
 * @param exchanges matches the client and the exchange, as {@code okhttp/get}
 * @param differs matches the part of a line that differs
 * @param same what that part becomes on both sides; null leaves out the line
 */
record Quirk(
    String reason,
    Pattern exchanges,
    Pattern differs,
    @Nullable Function<MatchResult, String> same) {

  /** A part of a line that is not compared: what follows the expression's first group. */
  static Quirk part(String reason, String exchanges, String differs) {
    return rewritten(reason, exchanges, differs, found -> Matcher.quoteReplacement(found.group(1)));
  }

  static Quirk rewritten(
      String reason, String exchanges, String differs, Function<MatchResult, String> same) {
    return new Quirk(reason, Pattern.compile(exchanges), Pattern.compile(differs), same);
  }

  /** Lines that are not compared; an expression for the whole line. */
  static Quirk lines(String reason, String exchanges, String differs) {
    return new Quirk(reason, Pattern.compile(exchanges), Pattern.compile(differs), null);
  }

  /** What is left to compare of an exchange. */
  List<String> apply(String key, List<String> record) {
    if (!exchanges.matcher(key).matches()) {
      return record;
    }
    if (same == null) {
      return record.stream().filter(line -> !differs.matcher(line).matches()).toList();
    }
    Function<MatchResult, String> replacement = Objects.requireNonNull(same);
    return record.stream().map(line -> differs.matcher(line).replaceAll(replacement)).toList();
  }

  @Override
  public String toString() {
    return reason;
  }
}
