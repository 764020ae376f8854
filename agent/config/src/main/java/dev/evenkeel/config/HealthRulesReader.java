package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.HealthRulesSpec;
import java.util.ArrayList;
import java.util.List;
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
    HealthRulesSpec none = HealthRulesSpec.DEFAULT;
    return new HealthRulesSpec(
        threshold(check, "healthyThreshold", none.healthyThreshold()),
        threshold(check, "unhealthyThreshold", none.unhealthyThreshold()),
        fenced(extras, servers));
  }

  private static int threshold(@Nullable Section check, String name, int none) {
    return check == null ? none : check.integer(name);
  }

  private List<String> fenced(Section extras, List<String> servers) {
    List<String> fenced = new ArrayList<>();
    for (Value value : extras.list("fenced")) {
      String url = value.data().toString();
      if (servers.contains(url)) {
        fenced.add(url);
      } else {
        String known = servers.isEmpty() ? "there is none" : "one of " + printable(servers);
        problems.fatal(
            value.place(), value.printable() + ": no such server (expected: " + known + ")");
      }
    }
    return fenced;
  }

  private static String printable(List<String> servers) {
    return String.join(", ", servers.stream().map(Printable::of).toList());
  }
}
