package dev.evenkeel.config;

/**
 * A position in the configuration, for messages. Immutable.
 *
 * @param path printable, as {@code http.services.orders}; empty for the root
 */
record Place(Origin origin, String path) {
  /** The whole of a source. */
  static Place root(Origin origin) {
    return new Place(origin, "");
  }

  Place key(String key, Origin keyOrigin) {
    String printable = Printable.of(key);
    return new Place(keyOrigin, path.isEmpty() ? printable : path + "." + printable);
  }

  Place item(int index, Origin itemOrigin) {
    return new Place(itemOrigin, path + "[" + index + "]");
  }
}
