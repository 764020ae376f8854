package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Capability;
import java.util.Set;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The classic minimal client. It knows {@code Expect: 100-continue}, but nobody can set how long it
 * waits, which is as long as a busy machine may take. Stateless. Thread-safe.
 */
final class HttpClient5MinimalDriver extends HttpClient5Driver {
  @Override
  public Set<Capability> capabilities() {
    return minimal();
  }

  @Override
  boolean isMinimal() {
    return true;
  }

  @Override
  void setConnectTimeout(
      Timeout timeout,
      PoolingHttpClientConnectionManagerBuilder connections,
      RequestConfig.Builder requests) {
    PoolingHttpClientConnectionManagerBuilder unused =
        connections.setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build());
  }
}
