package dev.evenkeel.balancer.spec;

import java.util.List;

/**
 * Which responses of a failover's first service are given up for those of its fallback. Source:
 * Traefik {@code http.services.<name>.failover.errors}. Immutable.
 *
 * @param statuses at least one
 * @param maxBodyBytes how long the body of a request may be; {@link #ANY_BODY}: any length
 */
public record FailoverErrorsSpec(List<StatusRange> statuses, long maxBodyBytes) {
  /** No limit for the body. */
  public static final long ANY_BODY = -1;

  public FailoverErrorsSpec {
    statuses = List.copyOf(statuses);
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("no status (expected: one at least)");
    }
    if (maxBodyBytes < ANY_BODY) {
      throw new IllegalArgumentException(
          "maxRequestBodyBytes: " + maxBodyBytes + " (expected: integer from -1)");
    }
  }

  /** True for a status whose response is given up. */
  public boolean isError(int status) {
    for (int i = 0; i < statuses.size(); i++) {
      if (statuses.get(i).contains(status)) {
        return true;
      }
    }
    return false;
  }
}
