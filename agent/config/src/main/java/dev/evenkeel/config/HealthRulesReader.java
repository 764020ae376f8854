package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.HealthRulesSpec;
import dev.evenkeel.balancer.spec.SaturationSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a decoded entry of {@code evenkeel.services} to the rules of health that it holds. Not
 * thread-safe; one per service.
 */
final class HealthRulesReader {
  private final Problems problems;

  HealthRulesReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Options with a problem count as absent.
   *
   * @param servers the URLs of the service's servers
   */
  HealthRulesSpec read(Section extras, List<String> servers) {
    Section check = extras.section("healthCheck");
    Section ejection = extras.section("ejection");
    HealthRulesSpec none = HealthRulesSpec.DEFAULT;
    FencesReader fences = new FencesReader(problems, servers);
    List<String> fenced = fences.fenced(extras);
    return new HealthRulesSpec(
        threshold(check, "healthyThreshold", none.healthyThreshold()),
        threshold(check, "unhealthyThreshold", none.unhealthyThreshold()),
        fenced,
        ejection == null ? none.maxEjectedPercent() : ejection.integer("maxPercent"),
        extras.integer("panicThreshold"),
        slowStart(extras),
        saturation(extras.section("saturation")),
        check == null ? null : weightHeader(check),
        fences.drained(extras, fenced));
  }

  private Duration slowStart(Section extras) {
    Duration length = extras.duration("slowStart");
    if (length.isNegative()) {
      refuse(extras, "slowStart", "0s or more");
      return Duration.ZERO;
    }
    return length;
  }

  private @Nullable SaturationSpec saturation(@Nullable Section saturation) {
    if (saturation == null) {
      return null;
    }
    if (!saturation.isGiven("status") || isEmptyList(saturation.value("status"))) {
      problems.fatal(saturation.place(), "no status (expected: list such as [ 429 ])");
    }
    Duration duration = saturation.duration("duration");
    if (duration.compareTo(Duration.ZERO) <= 0) {
      refuse(saturation, "duration", "above zero");
      return null;
    }
    Set<Integer> statuses =
        saturation.list("status").stream()
            .map(status -> ((Long) status.data()).intValue())
            .collect(Collectors.toSet());
    return new SaturationSpec(statuses, duration);
  }

  private static boolean isEmptyList(@Nullable Value value) {
    return value != null && value.data() instanceof List<?> list && list.isEmpty();
  }

  private @Nullable String weightHeader(Section check) {
    if (check.value("weightHeader") == null) {
      return null;
    }
    String name = check.text("weightHeader");
    if (!HealthCheckReader.isToken(name)) {
      refuse(check, "weightHeader", "name of an HTTP header");
      return null;
    }
    return name;
  }

  private void refuse(Section section, String name, String expectation) {
    problems.fatal(
        section.place(name), section.printable(name) + " (expected: " + expectation + ")");
  }

  private static int threshold(@Nullable Section check, String name, int none) {
    return check == null ? none : check.integer(name);
  }
}
