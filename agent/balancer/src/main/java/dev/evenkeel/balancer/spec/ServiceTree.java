package dev.evenkeel.balancer.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The references among services, and what is wrong with them: one that leads nowhere, one that
 * leads back to itself, and health that a child cannot report. Source: Traefik, which refuses the
 * same three. Immutable.
 *
 * @param services by name, in the order of the file
 * @param known names that may be referred to: those of the services, and of such as have problems
 *     of their own
 */
public record ServiceTree(Map<String, ServiceSpec> services, Set<String> known) {
  /**
   * A problem of one service.
   *
   * @param service the service that holds the reference
   * @param text what is wrong, and what was expected
   */
  public record Problem(String service, String text) {}

  /**
   * The tree of some services.
   *
   * @param alsoKnown names of services that exist, but are not among these
   */
  public static ServiceTree of(Collection<ServiceSpec> specs, Collection<String> alsoKnown) {
    Map<String, ServiceSpec> services = new LinkedHashMap<>();
    specs.forEach(spec -> services.put(spec.name(), spec));
    Set<String> known = new LinkedHashSet<>(services.keySet());
    known.addAll(alsoKnown);
    return new ServiceTree(services, known);
  }

  /** Every problem, in the order of the services; a recursion is said once. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (ServiceSpec spec : services.values()) {
      addMissing(spec, problems);
      addSilent(spec, problems);
    }
    Set<String> done = new LinkedHashSet<>();
    services.keySet().forEach(name -> addRecursion(name, new LinkedHashSet<>(), done, problems));
    return problems;
  }

  private void addMissing(ServiceSpec spec, List<Problem> problems) {
    List<String> others = known.stream().filter(name -> !name.equals(spec.name())).toList();
    String expected = others.isEmpty() ? "there is none" : "one of " + String.join(", ", others);
    for (String name : spec.references()) {
      if (!known.contains(name)) {
        String text = "the service \"" + name + "\" does not exist (expected: " + expected + ")";
        problems.add(new Problem(spec.name(), text));
      }
    }
  }

  private void addSilent(ServiceSpec spec, List<Problem> problems) {
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

  private void addRecursion(
      String name, Set<String> path, Set<String> done, List<Problem> problems) {
    ServiceSpec spec = services.get(name);
    if (spec == null || done.contains(name)) {
      return;
    }
    if (!path.add(name)) {
      problems.add(new Problem(name, "recursion: " + chain(path, name)));
      done.addAll(path);
      return;
    }
    spec.references().forEach(child -> addRecursion(child, path, done, problems));
    path.remove(name);
    done.add(name);
  }

  private static String chain(Set<String> path, String again) {
    List<String> names = new ArrayList<>(path);
    List<String> loop = new ArrayList<>(names.subList(names.indexOf(again), names.size()));
    loop.add(again);
    return String.join(" -> ", loop) + " (expected: services that do not lead to themselves)";
  }
}
