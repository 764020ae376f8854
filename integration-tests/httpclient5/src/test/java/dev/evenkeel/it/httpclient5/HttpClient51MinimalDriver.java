package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import dev.evenkeel.testkit.server.Trust;
import java.util.Set;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * The classic minimal client of 5.1. It knows {@code Expect: 100-continue}, but nobody can set how
 * long it waits, which is as long as a busy machine may take. Stateless. Thread-safe.
 */
@SuppressWarnings("deprecation") // What 5.1 has.
final class HttpClient51MinimalDriver extends HttpClient51Driver {
  @Override
  public Set<Capability> capabilities() {
    return minimal();
  }

  @Override
  boolean isMinimal() {
    return true;
  }

  @Override
  PoolingHttpClientConnectionManagerBuilder connections(@Nullable Trust trust) {
    return super.connections(trust).setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS);
  }
}
