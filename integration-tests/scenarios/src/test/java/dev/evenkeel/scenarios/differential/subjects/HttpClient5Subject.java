package dev.evenkeel.scenarios.differential.subjects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/** Either classic client of Apache HttpClient 5. Not thread-safe; one per exchange. */
final class HttpClient5Subject implements Subject {
  private static final Tls TLS = Tls.create();

  private final Seen seen;
  private final HttpClient5Views views;
  private final CloseableHttpClient client;

  private HttpClient5Subject(Seen seen, HttpClient5Views views, CloseableHttpClient client) {
    this.seen = seen;
    this.views = views;
    this.client = client;
  }

  static Subject full(Seen seen) {
    HttpClient5Views views = new HttpClient5Views(seen);
    return new HttpClient5Subject(
        seen,
        views,
        HttpClients.custom()
            .setConnectionManager(connections())
            .setDefaultCookieStore(views.cookies())
            .setDefaultCredentialsProvider(views)
            .setRetryStrategy(HttpClient5Views.RETRIES)
            .addRequestInterceptorLast(views)
            .addResponseInterceptorFirst(views)
            .addExecInterceptorFirst(
                "watched",
                (request, scope, chain) -> {
                  seen.add("exec " + request.getRequestUri() + " on " + scope.route);
                  return chain.proceed(request, scope);
                })
            .build());
  }

  /** The one into which nothing can be hung. */
  static Subject minimal(Seen seen) {
    return new HttpClient5Subject(
        seen, new HttpClient5Views(seen), HttpClients.createMinimal(connections()));
  }

  private static HttpClientConnectionManager connections() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(TLS.context()))
        .build();
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws Exception {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(url));
    headers.forEach(field -> request.addHeader(field[0], field[1]));
    if (call.body() != null) {
      request.setEntity(entity(call));
    }
    HttpClientContext context = HttpClientContext.create();
    try {
      client.execute(
          request,
          context,
          response -> {
            read(response, context);
            return null;
          });
    } catch (IOException e) {
      views.after(context);
      throw e;
    }
  }

  private static HttpEntity entity(Call call) {
    byte[] bytes = call.bytes();
    return call.isChunked()
        ? new InputStreamEntity(new ByteArrayInputStream(bytes), null)
        : new ByteArrayEntity(bytes, null);
  }

  private void read(ClassicHttpResponse response, HttpClientContext context) throws IOException {
    HttpEntity entity = response.getEntity();
    views.answer(response, entity == null ? null : EntityUtils.toByteArray(entity), context);
    if (entity != null && entity.getTrailers() != null) {
      entity.getTrailers().get().forEach(field -> seen.header(field.getName(), field.getValue()));
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
