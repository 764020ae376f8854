package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.server.Trust;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.jspecify.annotations.Nullable;

/** The classic client from 5.4 on. Stateless. Thread-safe. */
class HttpClient5Driver extends ClassicDriver {
  @Override
  PoolingHttpClientConnectionManagerBuilder connections(@Nullable Trust trust) {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create();
    return trust == null
        ? connections
        : connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust.sslContext()));
  }
}
