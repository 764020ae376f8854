package dev.evenkeel.scenarios.differential.subjects;

/**
 * The two hosts that the application knows, by the names and ports that it knows. Immutable.
 *
 * @param shop the port of the host that is balanced, proxied, or a server itself
 * @param other the port of a host that is none of it
 */
public record Sites(int shop, int other) {
  public static final String SHOP = "shop.test";
  public static final String OTHER = "other.test";

  public String shopUrl() {
    return "http://" + SHOP + ":" + shop;
  }

  public String otherUrl() {
    return "http://" + OTHER + ":" + other;
  }
}
