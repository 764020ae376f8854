package dev.evenkeel.balancer.spec;

/** How a service picks one of its servers. Source: Traefik {@code loadBalancer.strategy}. */
public enum StrategySpec {
  /** Weighted turns. */
  WRR("wrr");

  private final String text;

  StrategySpec(String text) {
    this.text = text;
  }

  /** As files spell it. */
  public String text() {
    return text;
  }
}
