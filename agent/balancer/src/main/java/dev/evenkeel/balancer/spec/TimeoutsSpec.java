package dev.evenkeel.balancer.spec;

import java.time.Duration;

/**
 * How long the agent's own connections to a server may take, which are those of probes and mirrors.
 * Source: Traefik {@code http.serversTransports.<name>.forwardingTimeouts}. Immutable.
 *
 * @param dial until there is a connection, the look-up of its name included; zero: as long as the
 *     probe or the copy may take
 * @param responseHeader from the end of the request to the end of the answer's headers; zero: the
 *     same
 */
public record TimeoutsSpec(Duration dial, Duration responseHeader) {
  /** Traefik's own, with and without a servers transport. */
  public static final TimeoutsSpec DEFAULT =
      new TimeoutsSpec(Duration.ofSeconds(30), Duration.ZERO);

  public TimeoutsSpec {
    if (dial.isNegative() || responseHeader.isNegative()) {
      throw new IllegalArgumentException(
          "timeouts: " + dial + ", " + responseHeader + " (expected: zero or more)");
    }
  }
}
