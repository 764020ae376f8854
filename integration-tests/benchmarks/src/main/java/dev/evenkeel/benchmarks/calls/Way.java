package dev.evenkeel.benchmarks.calls;

import java.util.Arrays;
import java.util.Locale;

/** How the calls of a round reach a server. Immutable. */
enum Way {
  /** To the first server, without the agent. */
  DIRECT(1, 0, 0),
  /** To the first server, with an agent that balances another host. */
  IDLE(1, 0, 0),
  /** To a logical host that the agent balances. */
  BALANCED(3, 2, 1),
  /** To an nginx that balances, without the agent. */
  NGINX(3, 2, 1);

  /** nginx's worker processes take their turns each by itself, so it is off by a few calls. */
  private static final double TOLERANCE = 0.01;

  private final int first;
  private final int second;
  private final int third;

  Way(int first, int second, int third) {
    this.first = first;
    this.second = second;
    this.third = third;
  }

  static Way parse(String name) {
    return Arrays.stream(values())
        .filter(way -> way.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("way: " + name));
  }

  /**
   * A way that was not taken must not be shown as if it had been.
   *
   * @throws IllegalStateException if the calls went to other servers than this way leads to
   */
  void requireShares(Measured measured) {
    int[] weights = {first, second, third};
    long[] servers = {measured.first(), measured.second(), measured.third()};
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < servers.length; i++) {
      double share = (double) servers[i] / measured.calls();
      if (!(Math.abs(share - weights[i] / sum) <= TOLERANCE)) {
        throw new IllegalStateException(
            this
                + ": calls by server "
                + Arrays.toString(servers)
                + " (expected: by weight "
                + Arrays.toString(weights)
                + ")");
      }
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
