package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Takes out the services that ask for more than this version does, and those that lead to them:
 * their calls are left alone, and all others are balanced. Not thread-safe; one per load.
 */
final class LeftAlone {
  private final Map<String, Value> sections;
  private final Problems problems;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Takes none out yet.
   *
   * @param sections the services as they were decoded
   */
  LeftAlone(Map<String, Value> sections, Problems problems) {
    this.sections = sections;
    this.problems = problems;
  }

  /** The services that are balanced; says of each other one why it is not. */
  List<ServiceSpec> without(List<ServiceSpec> services) {
    for (ServiceSpec service : services) {
      Section section = section(service);
      if (!section.list("middlewares").isEmpty()) {
        names.add(service.name());
        problems.note(
            section.place("middlewares"),
            "not supported by this version: calls to this service are left alone (expected: none;"
                + " without the key it is balanced, and its middlewares are not applied)");
      }
    }
    List<ServiceSpec> rest = services;
    List<ServiceSpec> before = List.of();
    while (rest.size() != before.size()) {
      before = rest;
      rest = withoutParents(before);
    }
    return rest;
  }

  private List<ServiceSpec> withoutParents(List<ServiceSpec> services) {
    List<ServiceSpec> rest = new ArrayList<>();
    for (ServiceSpec service : services) {
      String child = service.references().stream().filter(names::contains).findFirst().orElse(null);
      if (child != null && names.add(service.name())) {
        problems.note(
            section(service).place(),
            "leads to service " + Printable.of(child) + ": calls to it are left alone as well");
      }
      if (!names.contains(service.name())) {
        rest.add(service);
      }
    }
    return rest;
  }

  private Section section(ServiceSpec service) {
    return (Section) Objects.requireNonNull(sections.get(service.name()), service.name()).data();
  }
}
