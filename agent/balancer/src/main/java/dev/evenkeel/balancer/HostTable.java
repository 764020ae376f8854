package dev.evenkeel.balancer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map from host names to values that reads a host as it comes: in any case, with a trailing dot,
 * or in brackets.
 *
 * <p>An open-addressing table of names in normal form (lower case, neither dot nor brackets), by
 * the hash that {@link String} gives the normal form. So a host that is in normal form already
 * costs the hash that its String has cached and one comparison, and any other host is hashed and
 * compared in place: nothing is allocated, whether it is found or not. Immutable.
 */
final class HostTable<V> {
  private final @Nullable String[] names;
  private final Object[] values;
  private final int mask;

  /** Takes over the entries; of names that are the same host, the first wins. */
  HostTable(Map<String, ? extends V> entries) {
    int capacity = Integer.highestOneBit(entries.size() + 1) << 2;
    names = new String[capacity];
    values = new Object[capacity];
    mask = capacity - 1;
    entries.forEach((name, value) -> put(normalize(name), value));
  }

  private static String normalize(String host) {
    StringBuilder normal = new StringBuilder(host.length());
    for (int i = start(host); i < end(host); i++) {
      normal.append(Character.toLowerCase(host.charAt(i)));
    }
    return normal.toString();
  }

  private void put(String name, Object value) {
    int at = spread(name.hashCode());
    for (String taken = names[at]; taken != null; taken = names[at]) {
      if (taken.equals(name)) {
        return;
      }
      at = (at + 1) & mask;
    }
    names[at] = name;
    values[at] = value;
  }

  /** The value of a host; null if it has none. */
  @Nullable V get(String host) {
    V value = find(host, host.hashCode(), true);
    return value != null || isNormal(host) ? value : find(host, normalHash(host), false);
  }

  @SuppressWarnings("unchecked") // only values of this type are put
  private @Nullable V find(String host, int hash, boolean isExact) {
    int at = spread(hash);
    for (String name = names[at]; name != null; name = names[at]) {
      if (isExact ? name.equals(host) : isNormalFormOf(name, host)) {
        return (V) values[at];
      }
      at = (at + 1) & mask;
    }
    return null;
  }

  private int spread(int hash) {
    return (hash ^ (hash >>> 16)) & mask;
  }

  private static boolean isNormal(String host) {
    if (start(host) != 0 || end(host) != host.length()) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != Character.toLowerCase(c)) {
        return false;
      }
    }
    return true;
  }

  /** What {@link String#hashCode} gives for the normal form. */
  private static int normalHash(String host) {
    int hash = 0;
    for (int i = start(host); i < end(host); i++) {
      hash = 31 * hash + Character.toLowerCase(host.charAt(i));
    }
    return hash;
  }

  private static boolean isNormalFormOf(String name, String host) {
    int start = start(host);
    if (name.length() != end(host) - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != Character.toLowerCase(host.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }

  private static int start(String host) {
    return isBracketed(host) ? 1 : 0;
  }

  private static int end(String host) {
    int length = host.length();
    boolean hasMark = isBracketed(host) || (length > 1 && host.charAt(length - 1) == '.');
    return hasMark ? length - 1 : length;
  }

  private static boolean isBracketed(String host) {
    int length = host.length();
    return length > 2 && host.charAt(0) == '[' && host.charAt(length - 1) == ']';
  }
}
