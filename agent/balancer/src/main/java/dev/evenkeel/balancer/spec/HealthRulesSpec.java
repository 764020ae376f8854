package dev.evenkeel.balancer.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What decides beyond Traefik's options whether a server takes calls, and how many. Source: the
 * section {@code evenkeel.services.<name>}. Immutable.
 *
 * @param healthyThreshold at least 1: good probes in a row that bring a server up
 * @param unhealthyThreshold at least 1: failed probes in a row that take a server down
 * @param fenced URLs of the servers that take no new sessions
 * @param maxEjectedPercent 0..100, of the service's weight; 100 lets even the last server go
 * @param panicPercent 0..100: health is ignored while less of the weight is up; 0: never
 * @param slowStart for how long the share of a server grows after its return; zero: not at all
 * @param saturation null: no status means that a server is busy
 * @param weightHeader of a probe's answer, in which a server says its own share; null: none
 * @param drained by the URL of a server that takes no new sessions: how long its old ones may stay,
 *     0 or more
 */
public record HealthRulesSpec(
    int healthyThreshold,
    int unhealthyThreshold,
    List<String> fenced,
    int maxEjectedPercent,
    int panicPercent,
    Duration slowStart,
    @Nullable SaturationSpec saturation,
    @Nullable String weightHeader,
    Map<String, Duration> drained) {
  /** As Traefik judges, but for the limit of ejection. */
  public static final HealthRulesSpec DEFAULT =
      new HealthRulesSpec(1, 1, List.of(), 50, 0, Duration.ZERO, null, null);

  /** Rules that drain no server. */
  public HealthRulesSpec(
      int healthyThreshold,
      int unhealthyThreshold,
      List<String> fenced,
      int maxEjectedPercent,
      int panicPercent,
      Duration slowStart,
      @Nullable SaturationSpec saturation,
      @Nullable String weightHeader) {
    this(
        healthyThreshold,
        unhealthyThreshold,
        fenced,
        maxEjectedPercent,
        panicPercent,
        slowStart,
        saturation,
        weightHeader,
        Map.of());
  }

  public HealthRulesSpec {
    fenced = List.copyOf(fenced);
    atLeastOne("healthyThreshold", healthyThreshold);
    atLeastOne("unhealthyThreshold", unhealthyThreshold);
    percent("maxEjectedPercent", maxEjectedPercent);
    percent("panicPercent", panicPercent);
    slowStart = bounded("slowStart", slowStart);
    drained =
        drained.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, drain -> bounded("drained", drain.getValue())));
  }

  private static Duration bounded(String name, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + ": " + time + " (expected: 0 or more)");
    }
    return time.compareTo(HealthCheckSpec.LONGEST) > 0 ? HealthCheckSpec.LONGEST : time;
  }

  /** The same with other servers drained. */
  public HealthRulesSpec withDrained(Map<String, Duration> others) {
    return with(fenced, others);
  }

  /** The same with other servers fenced and drained. */
  public HealthRulesSpec with(List<String> nowFenced, Map<String, Duration> others) {
    return new HealthRulesSpec(
        healthyThreshold,
        unhealthyThreshold,
        nowFenced,
        maxEjectedPercent,
        panicPercent,
        slowStart,
        saturation,
        weightHeader,
        others);
  }

  private static void atLeastOne(String name, int threshold) {
    if (threshold < 1) {
      throw new IllegalArgumentException(name + ": " + threshold + " (expected: 1 or more)");
    }
  }

  private static void percent(String name, int percent) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(name + ": " + percent + " (expected: 0..100)");
    }
  }
}
