package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.balancer.spec.StatusRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a decoded {@code failover.errors} to its spec. Not thread-safe; one per service. */
final class FailoverErrorsReader {
  /**
   * In the place of one with a problem, so that the first service is not asked to say its health.
   */
  private static final StatusRange REFUSED = new StatusRange(999, 999);

  private final Problems problems;

  FailoverErrorsReader(Problems problems) {
    this.problems = problems;
  }

  /** Null if there are none, or none that would be an error. */
  @Nullable FailoverErrorsSpec read(@Nullable Section errors) {
    if (errors == null) {
      return null;
    }
    List<StatusRange> statuses = new ArrayList<>();
    for (Value value : errors.list("status")) {
      statuses.add(range(value));
    }
    if (statuses.isEmpty()) {
      problems.note(errors.place(), "has no effect without status, as in Traefik");
    }
    long maxBodyBytes =
        Math.max(FailoverErrorsSpec.ANY_BODY, errors.longInteger("maxRequestBodyBytes"));
    return statuses.isEmpty() ? null : new FailoverErrorsSpec(statuses, maxBodyBytes);
  }

  private StatusRange range(Value value) {
    String text = value.data().toString();
    try {
      return StatusRange.parse(text);
    } catch (IllegalArgumentException e) {
      String expectation = String.valueOf(e.getMessage()).substring(text.length());
      problems.fatal(value.place(), value.printable() + expectation);
      return REFUSED;
    }
  }
}
