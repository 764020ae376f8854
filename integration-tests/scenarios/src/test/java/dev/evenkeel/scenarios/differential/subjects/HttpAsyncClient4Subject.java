package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.util.List;
import org.apache.http.HttpEntity;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.util.EntityUtils;

/** Apache HttpAsyncClient 4.1. Not thread-safe; one per exchange. */
final class HttpAsyncClient4Subject implements Subject {
  private final HttpClient4Views views;
  private final PoolingNHttpClientConnectionManager connections;
  private final CloseableHttpAsyncClient client;

  HttpAsyncClient4Subject(Seen seen) throws IOException {
    views = new HttpClient4Views(seen);
    connections = new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor());
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setDefaultCookieStore(views.cookies())
            .setDefaultCredentialsProvider(views)
            .addInterceptorLast((HttpRequestInterceptor) views)
            .addInterceptorFirst((HttpResponseInterceptor) views)
            .build();
    client.start();
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws Exception {
    HttpClientContext context = HttpClientContext.create();
    try {
      HttpResponse response =
          client.execute(HttpClient4Subject.request(call, url, headers), context, null).get();
      HttpEntity entity = response.getEntity();
      views.answer(response, entity == null ? null : EntityUtils.toByteArray(entity));
    } finally {
      // A call is over shortly before its connection is free for the next.
      while (connections.getTotalStats().getLeased() > 0) {
        Thread.onSpinWait();
      }
      views.after(context);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
