package dev.evenkeel.scenarios.differential.subjects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.http.HttpEntity;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. Not thread-safe; one per exchange. */
final class HttpClient4Subject implements Subject {
  private static final Tls TLS = Tls.create();

  private final HttpClient4Views views;
  private final CloseableHttpClient client;

  HttpClient4Subject(Seen seen) {
    views = new HttpClient4Views(seen);
    client =
        HttpClients.custom()
            .setSSLContext(TLS.context())
            .setDefaultCookieStore(views.cookies())
            .setDefaultCredentialsProvider(views)
            .addInterceptorLast((HttpRequestInterceptor) views)
            .addInterceptorFirst((HttpResponseInterceptor) views)
            .build();
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request(call, url, headers), context)) {
      HttpEntity entity = response.getEntity();
      views.answer(response, entity == null ? null : EntityUtils.toByteArray(entity));
    } finally {
      views.after(context);
    }
  }

  /** A request for either form of the client. */
  static HttpUriRequest request(Call call, String url, List<String[]> headers) {
    RequestBuilder request = RequestBuilder.create(call.method()).setUri(url);
    headers.forEach(field -> request.addHeader(field[0], field[1]));
    if (call.body() != null) {
      request.setEntity(entity(call));
    }
    return request.build();
  }

  private static HttpEntity entity(Call call) {
    byte[] bytes = call.bytes();
    return call.isChunked()
        ? new InputStreamEntity(new ByteArrayInputStream(bytes))
        : new ByteArrayEntity(bytes);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
