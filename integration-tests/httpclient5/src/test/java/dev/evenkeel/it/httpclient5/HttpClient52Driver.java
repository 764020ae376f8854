package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.server.Trust;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory;
import org.jspecify.annotations.Nullable;

/** The classic client up to 5.3, which sets up TLS by a socket factory. Stateless. Thread-safe. */
final class HttpClient52Driver extends ClassicDriver {
  @Override
  @SuppressWarnings("deprecation")
  PoolingHttpClientConnectionManagerBuilder connections(@Nullable Trust trust) {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create();
    return trust == null
        ? connections
        : connections.setSSLSocketFactory(new SSLConnectionSocketFactory(trust.sslContext()));
  }
}
