package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a decoded entry of {@code evenkeel.services} to its spec. Not thread-safe; one per service.
 */
final class ExtrasReader {
  private final Problems problems;

  ExtrasReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Options with a problem count as absent.
   *
   * @param service what {@code http.services} says of the same service; null if it says nothing
   */
  ExtrasSpec read(Section extras, @Nullable Section service) {
    Section hash = extras.section("hash");
    return new ExtrasSpec(
        hash == null ? null : key(hash, "key"),
        new HealthRulesReader(problems).read(extras, serversOf(service)));
  }

  /** The URLs of its servers, as written. */
  private static List<String> serversOf(@Nullable Section service) {
    Section balancer = service == null ? null : service.section("loadBalancer");
    return balancer == null
        ? List.of()
        : balancer.list("servers").stream()
            .map(server -> ((Section) server.data()).text("url"))
            .filter(url -> !url.isEmpty())
            .distinct()
            .toList();
  }

  private @Nullable KeySpec key(Section section, String name) {
    Value value = section.value(name);
    if (value == null) {
      return null;
    }
    String text = section.text(name);
    try {
      return KeySpec.parse(text);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      problems.fatal(value.place(), value.printable() + message.substring(text.length()));
      return null;
    }
  }
}
