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
      refuse(dns, "interval", "1s or more");
      return null;
    }
    return interval;
  }

  private @Nullable SessionSpec sessions(Section sticky) {
    boolean isLearned = sticky.isGiven("learn");
    if (isLearned == sticky.isGiven("key")) {
      String given = isLearned ? "key and learn" : "neither key nor learn";
      problems.fatal(sticky.place(), given + " (expected: one of them)");
      return null;
    }
    String name = isLearned ? "learn" : "key";
    KeySpec key = isLearned ? learned(sticky) : key(sticky, name);
    Duration timeToLive = sticky.duration("ttl");
    if (timeToLive.isZero() || timeToLive.isNegative()) {
      refuse(sticky, "ttl", "above zero");
      return null;
    }
    return key == null
        ? null
        : new SessionSpec(key, isLearned, timeToLive, sticky.integer("maxSessions"));
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

  /** What tells sessions apart in a response. */
  private @Nullable KeySpec learned(Section sticky) {
    KeySpec key = parsed(sticky.text("learn"));
    boolean isInResponses =
        key != null && (key.kind() == KeySpec.Kind.COOKIE || key.kind() == KeySpec.Kind.HEADER);
    if (!isInResponses) {
      refuse(sticky, "learn", "cookie:<name> or header:<name>");
      return null;
    }
    return key;
  }

  private @Nullable KeySpec key(Section section, String name) {
    if (section.value(name) == null) {
      return null;
    }
    KeySpec key = parsed(section.text(name));
    if (key == null) {
      refuse(section, name, KeySpec.FORMS);
    }
    return key;
  }

  /** Null if it is none, or if no header or cookie could have its name. */
  private static @Nullable KeySpec parsed(String text) {
    try {
      KeySpec key = KeySpec.parse(text);
      boolean isField = key.kind() == KeySpec.Kind.COOKIE || key.kind() == KeySpec.Kind.HEADER;
      return isField && !HealthCheckReader.isToken(key.name()) ? null : key;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private void refuse(Section section, String name, String expectation) {
    problems.fatal(
        section.place(name), section.printable(name) + " (expected: " + expectation + ")");
  }
}
