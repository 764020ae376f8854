package dev.evenkeel.balancer.spec;

import java.util.List;
import java.util.stream.Stream;

/**
 * A service whose calls are copied to others. Source: Traefik {@code
 * http.services.<name>.mirroring}. Immutable.
 *
 * @param service the service that answers the calls
 * @param mirrors in configured order; one that is listed twice gets its copies twice
 * @param isBodyMirrored false: copies have no body
 * @param maxBodyBytes calls with a longer body are not mirrored; {@link #ANY_BODY}: any length
 * @param isHealthPropagated true with {@code healthCheck: {}}: a parent sees whether {@code
 *     service} is up; mirrors do not matter
 */
public record MirroringSpec(
    String name,
    String service,
    List<MirrorSpec> mirrors,
    boolean isBodyMirrored,
    long maxBodyBytes,
    boolean isHealthPropagated)
    implements ServiceSpec {

  /** No limit for the body. */
  public static final long ANY_BODY = -1;

  public MirroringSpec {
    mirrors = List.copyOf(mirrors);
    if (maxBodyBytes < ANY_BODY) {
      throw new IllegalArgumentException(
          "maxBodySize: " + maxBodyBytes + " (expected: integer from -1)");
    }
  }

  @Override
  public List<String> references() {
    return Stream.concat(Stream.of(service), mirrors.stream().map(MirrorSpec::name)).toList();
  }

  @Override
  public boolean isReporting() {
    return isHealthPropagated;
  }

  @Override
  public List<String> reporters() {
    return isHealthPropagated ? List.of(service) : List.of();
  }
}
