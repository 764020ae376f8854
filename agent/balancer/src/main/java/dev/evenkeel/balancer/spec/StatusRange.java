package dev.evenkeel.balancer.spec;

/**
 * Statuses of responses from one to another, both included. Immutable.
 *
 * @param first 0..999
 * @param last from {@code first} to 999
 */
public record StatusRange(int first, int last) {
  /** Above every status. */
  private static final int MAX_STATUS = 999;

  public StatusRange {
    if (first < 0 || last > MAX_STATUS || first > last) {
      throw new IllegalArgumentException(
          first + "-" + last + " (expected: 0..999, the smaller one first)");
    }
  }

  /**
   * Reads {@code 503} or {@code 500-504}. Source: Traefik option {@code failover.errors.status}.
   *
   * @throws IllegalArgumentException with the text first, then what was expected
   */
  public static StatusRange parse(String text) {
    int dash = text.indexOf('-');
    int first = status(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : status(text.substring(dash + 1));
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          text + " (expected: status such as 503, or range such as 500-504)");
    }
    return new StatusRange(first, last);
  }

  /** -1 for what is none. */
  private static int status(String text) {
    String digits = text.strip();
    boolean isShort = !digits.isEmpty() && digits.length() <= 3;
    boolean isNumber = isShort && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(digits) : -1;
  }

  /** True if the status lies in it. */
  public boolean contains(int status) {
    return status >= first && status <= last;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
