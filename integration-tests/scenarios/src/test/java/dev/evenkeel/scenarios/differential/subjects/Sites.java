package dev.evenkeel.scenarios.differential.subjects;

/**
 * The two hosts that the application knows, by the names and ports that it knows. Immutable.
 *
 * @param wire to the host that is balanced, proxied, or a server itself
 * @param shop the port of that host
 * @param other the port of a host that is none of it
 */
public record Sites(Wire wire, int shop, int other) {
  public static final String OTHER = "other.test";

  public String shopUrl() {
    return wire.scheme() + "://" + wire.host() + ":" + shop;
  }

  public String otherUrl() {
    return wire.scheme() + "://" + OTHER + ":" + other;
  }

  /** The URL of a request's exchange, as a server knows it that stands behind a proxy. */
  String at(Request request) {
    return wire.scheme() + "://" + request.header("Host") + request.path();
  }

  /** What {@link #parse} reads. */
  public String text() {
    return wire + ":" + shop + ":" + other;
  }

  static Sites parse(String text) {
    String[] parts = text.split(":", -1);
    return new Sites(
        Wire.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }
}
