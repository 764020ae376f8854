package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.SessionSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a decoded entry of {@code evenkeel.services} to its spec. Not thread-safe; one per service.
 */
final class ExtrasReader {
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

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
    Section sticky = extras.section("sticky");
    return new ExtrasSpec(
        hash == null ? null : key(hash, "key"),
        new HealthRulesReader(problems).read(extras, serversOf(service)),
        sticky == null ? null : sessions(sticky),
        lookUpInterval(extras.section("dns")));
  }

  private @Nullable Duration lookUpInterval(@Nullable Section dns) {
    if (dns == null) {
      return null;
    }
    Duration interval = dns.duration("interval");
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      problems.fatal(dns.place("interval"), dns.printable("interval") + " (expected: 1s or more)");
      return null;
    }
    return interval;
  }

  private @Nullable SessionSpec sessions(Section sticky) {
    boolean isLearned = sticky.isGiven("learn");
    if (isLearned == sticky.isGiven("key")) {
      problems.fatal(sticky.place(), "key and learn (expected: one of them)");
      return null;
    }
    String name = isLearned ? "learn" : "key";
    KeySpec key = key(sticky, name);
    Duration timeToLive = sticky.duration("ttl");
    if (timeToLive.isZero() || timeToLive.isNegative()) {
      problems.fatal(sticky.place("ttl"), sticky.printable("ttl") + " (expected: above zero)");
      return null;
    }
    try {
      return key == null
          ? null
          : new SessionSpec(key, isLearned, timeToLive, sticky.integer("maxSessions"));
    } catch (IllegalArgumentException e) {
      problems.fatal(
          sticky.place(name),
          sticky.printable(name) + " (expected: cookie:<name> or header:<name>)");
      return null;
    }
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
