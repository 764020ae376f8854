package dev.evenkeel.balancer.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the references among services: one that leads nowhere, one that leads back to
 * itself, and health that a child cannot report. Source: Traefik, which refuses the same three.
 * Immutable.
 */
public final class ServiceTree {
  private final Map<String, ServiceSpec> services = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A problem of one service.
   *
   * @param service the service that holds the reference
   * @param text what is wrong, and what was expected
   */
  public record Problem(String service, String text) {}

  private ServiceTree(Collection<ServiceSpec> specs) {
    specs.forEach(spec -> services.put(spec.name(), spec));
  }

  /**
   * Every problem of these services, in their order; a recursion is said once.
   *
   * @param alsoKnown names of services that are known but not among these, since they have problems
   *     of their own
   */
  public static List<Problem> problems(
      Collection<ServiceSpec> specs, Collection<String> alsoKnown) {
    ServiceTree tree = new ServiceTree(specs);
    Set<String> known = new LinkedHashSet<>(tree.services.keySet());
    known.addAll(alsoKnown);
    for (ServiceSpec spec : specs) {
      tree.checkReferences(spec, known);
      tree.checkReporters(spec);
    }
    tree.checkRecursion();
    return List.copyOf(tree.problems);
  }

  private void checkReferences(ServiceSpec spec, Set<String> known) {
    for (String name : spec.references()) {
      if (!known.contains(name)) {
        List<String> others = known.stream().filter(k -> !k.equals(spec.name())).toList();
        String expected =
            others.isEmpty() ? "there is none" : "one of " + String.join(", ", others);
        problems.add(
            new Problem(
                spec.name(),
                "the service \"" + name + "\" does not exist (expected: " + expected + ")"));
      }
    }
  }

  private void checkReporters(ServiceSpec spec) {
    for (String name : spec.reporters()) {
      ServiceSpec child = services.get(name);
      if (child != null && !child.isReporting()) {
        problems.add(
            new Problem(
                spec.name(),
                "needs to know whether service \""
                    + name
                    + "\" is up, which does not say so (expected: healthCheck in "
                    + name
                    + ")"));
      }
    }
  }

  private void checkRecursion() {
    Set<String> done = new LinkedHashSet<>();
    for (ServiceSpec spec : services.values()) {
      walk(spec, new LinkedHashSet<>(), done);
    }
  }

  private void walk(@Nullable ServiceSpec spec, Set<String> path, Set<String> done) {
    if (spec == null || done.contains(spec.name())) {
      return;
    }
    if (!path.add(spec.name())) {
      problems.add(new Problem(spec.name(), "recursion: " + chain(path, spec.name())));
      done.addAll(path);
      return;
    }
    for (String name : spec.references()) {
      walk(services.get(name), path, done);
    }
    path.remove(spec.name());
    done.add(spec.name());
  }

  private static String chain(Set<String> path, String again) {
    List<String> names = new ArrayList<>(path);
    List<String> loop = new ArrayList<>(names.subList(names.indexOf(again), names.size()));
    loop.add(again);
    return String.join(" -> ", loop) + " (expected: services that do not lead to themselves)";
  }
}
