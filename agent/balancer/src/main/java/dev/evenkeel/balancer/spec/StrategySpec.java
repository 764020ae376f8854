package dev.evenkeel.balancer.spec;

import java.util.Arrays;
import java.util.List;

/** How a service picks one of its servers. Source: Traefik {@code loadBalancer.strategy}. */
public enum StrategySpec {
  /** Weighted turns. */
  WRR("wrr"),
  /** The less busy of two. */
  P2C("p2c"),
  /** The one that is expected to answer first. */
  LEASTTIME("leasttime"),
  /** Rendezvous hashing of a key. */
  HRW("hrw");

  private final String text;

  StrategySpec(String text) {
    this.text = text;
  }

  /** As files spell it. */
  public String text() {
    return text;
  }

  /** The spellings of all of them. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(StrategySpec::text).toList();
  }

  /**
   * Reads a strategy as files spell it; empty counts as {@code wrr}, as in Traefik.
   *
   * @throws IllegalArgumentException with {@code value (expected: …)}
   */
  public static StrategySpec parse(String text) {
    if (text.isEmpty()) {
      return WRR;
    }
    for (StrategySpec strategy : values()) {
      if (strategy.text.equals(text)) {
        return strategy;
      }
    }
    throw new IllegalArgumentException(
        text + " (expected: one of " + String.join(", ", texts()) + ")");
  }
}
