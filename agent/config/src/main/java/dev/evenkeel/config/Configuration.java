package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.BalancerSpec;
import java.util.List;

/**
 * One reading of the file and the properties. Immutable.
 *
 * @param spec what to balance; {@link BalancerSpec#EMPTY} if there is a fatal problem
 * @param problems every problem, in the order of the file, then those of the other sources
 * @param settings the agent's options, those of the file's section {@code evenkeel} included; a
 *     value may be a bad one if there is a fatal problem
 */
public record Configuration(BalancerSpec spec, List<Problem> problems, Settings settings) {
  public Configuration {
    problems = List.copyOf(problems);
  }

  /** True if nothing in {@link #problems()} is fatal, so that the spec may be applied. */
  public boolean isUsable() {
    return problems.stream().noneMatch(Problem::isFatal);
  }

  /**
   * The problems for the log, one line each. What becomes of them is the caller's to say in a last
   * line, which may begin with {@link Problem#count}.
   */
  public List<String> lines() {
    return problems.stream().map(Problem::toString).toList();
  }

  /**
   * What is wrong with the options of settings that name no configuration: nothing of them would
   * ever be read. Opens no file.
   */
  public static List<Problem> optionProblems(Settings settings) {
    return new Loader(settings, new KnownTransports()).optionProblems();
  }

  /**
   * Reads everything that the settings name: the file of {@code config}, {@code services.*} and
   * Traefik's keys. Never throws for anything a user can get wrong.
   */
  public static Configuration load(Settings settings) {
    return load(settings, new KnownTransports());
  }

  /**
   * The same, again and again.
   *
   * @param transports those of the last good reading, of which the ones that are the same are kept
   */
  public static Configuration load(Settings settings, KnownTransports transports) {
    return new Loader(settings, transports).load();
  }
}
