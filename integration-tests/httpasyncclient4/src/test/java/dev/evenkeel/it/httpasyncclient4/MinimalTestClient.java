package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.ClientOptions;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;

/**
 * One minimal client. It sends the target of a request as it stands there, so that its applications
 * give it one without a host; and from 4.1.1 on it tells of a failure nobody but the consumer of
 * the answer. Thread-safe.
 */
final class MinimalTestClient extends AsyncTestClient {
  private final RequestConfig config;

  /**
   * A client as its driver made it, which is started here.
   *
   * @param isCancelledByItsFuture false: a call is given up by its request
   */
  MinimalTestClient(
      ClientOptions options, CloseableHttpAsyncClient plain, boolean isCancelledByItsFuture) {
    super(options, plain, isCancelledByItsFuture);
    int timeoutMillis = (int) options.timeout().toMillis();
    config =
        RequestConfig.custom()
            .setConnectTimeout(timeoutMillis)
            .setSocketTimeout(timeoutMillis)
            .build();
  }

  @Override
  HttpAsyncRequestProducer producer(HttpUriRequest request) {
    HttpRequestBase base = (HttpRequestBase) request;
    HttpHost host = URIUtils.extractHost(base.getURI());
    base.setURI(URI.create(target(base.getURI())));
    base.setConfig(config);
    return HttpAsyncMethods.create(host, base);
  }

  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
  }

  @Override
  PushedReply reply(HttpClientContext context) {
    return new PushedReply(context) {
      @Override
      protected void releaseResources() {
        Exception failure = getException();
        if (failure != null) {
          fail(failure);
        }
      }
    };
  }
}
