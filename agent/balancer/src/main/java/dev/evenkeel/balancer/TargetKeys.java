package dev.evenkeel.balancer;

import dev.evenkeel.balancer.strategy.Members;

/** Hashes of parts of a request's target, taken where they stand, without a copy. Immutable. */
final class TargetKeys {
  private TargetKeys() {}

  /**
   * The value of the first query parameter of a name that has one.
   *
   * @param target path and query, as sent
   */
  static long parameter(String target, String name) {
    int length = target.length();
    int question = target.indexOf('?');
    for (int from = question + 1; question >= 0 && from < length; ) {
      int ampersand = target.indexOf('&', from);
      int to = ampersand < 0 ? length : ampersand;
      int equals = from + name.length();
      if (equals < to && target.charAt(equals) == '=' && target.startsWith(name, from)) {
        return CallKey.hash(target, equals + 1, to);
      }
      from = to + 1;
    }
    return Members.NO_KEY;
  }

  /**
   * A segment of the path.
   *
   * @param target path and query, as sent
   * @param number the first is 1
   */
  static long segment(String target, int number) {
    int question = target.indexOf('?');
    int end = question < 0 ? target.length() : question;
    int from = 0;
    for (int passed = 0; passed < number; passed++) {
      int slash = target.indexOf('/', from);
      if (slash < 0 || slash >= end) {
        return Members.NO_KEY;
      }
      from = slash + 1;
    }
    int slash = target.indexOf('/', from);
    return CallKey.hash(target, from, slash < 0 || slash > end ? end : slash);
  }
}
