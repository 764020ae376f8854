package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * How the balancer reads a client's own response without a copy. Stateless, one per adapter.
 * Thread-safe.
 *
 * @param <R> the client's response type
 */
public interface ResponseReader<R> {
  /**
   * A value of a response header.
   *
   * @param name in any case
   * @param index 0 for the first value in the order of the response
   * @return null past the last value
   */
  @Nullable String header(R response, String name, int index);
}
