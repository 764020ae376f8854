package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.BalancerSpec;
import java.util.List;

/**
 * One reading of the file and the properties. Immutable.
 *
 * @param spec what to balance; {@link BalancerSpec#EMPTY} if there is a fatal problem
 * @param problems every problem, in the order of the file
 */
public record Configuration(BalancerSpec spec, List<Problem> problems) {
  public Configuration {
    problems = List.copyOf(problems);
  }

  /** True if nothing in {@link #problems()} is fatal, so that the spec may be applied. */
  public boolean isUsable() {
    return problems.stream().noneMatch(Problem::isFatal);
  }

  /**
   * Reads everything that the settings name: the file of {@code config}, {@code services.*} and
   * {@code http.*}. Never throws for anything a user can get wrong.
   */
  public static Configuration load(Settings settings) {
    return new Configuration(BalancerSpec.EMPTY, List.of());
  }
}
