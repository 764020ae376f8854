package dev.evenkeel.balancer.spec;

/**
 * One service that gets copies of the calls to another. Immutable.
 *
 * @param name of the service, as written there
 * @param percent of the calls that it gets a copy of, 0..100
 */
public record MirrorSpec(String name, int percent) {
  public MirrorSpec {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent: " + percent + " (expected: integer 0..100)");
    }
  }
}
