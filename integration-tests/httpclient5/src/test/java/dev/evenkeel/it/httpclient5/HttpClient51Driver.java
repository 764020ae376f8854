package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.server.Trust;
import java.io.IOException;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The classic client of 5.1, which sets up TLS by a socket factory and the connect timeout with
 * each request, and has no other way to leave a response open. Stateless. Thread-safe.
 */
@SuppressWarnings("deprecation")
class HttpClient51Driver extends ClassicDriver {
  @Override
  PoolingHttpClientConnectionManagerBuilder connections(@Nullable Trust trust) {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create();
    return trust == null
        ? connections
        : connections.setSSLSocketFactory(new SSLConnectionSocketFactory(trust.sslContext()));
  }

  @Override
  void setConnectTimeout(
      Timeout timeout,
      PoolingHttpClientConnectionManagerBuilder connections,
      RequestConfig.Builder requests) {
    RequestConfig.Builder unused = requests.setConnectTimeout(timeout);
  }

  @Override
  ClassicHttpResponse send(
      CloseableHttpClient client, ClassicHttpRequest request, HttpClientContext context)
      throws IOException {
    return client.execute(request, context);
  }
}
