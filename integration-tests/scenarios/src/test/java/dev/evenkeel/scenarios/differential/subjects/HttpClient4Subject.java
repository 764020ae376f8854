package dev.evenkeel.scenarios.differential.subjects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.Credentials;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. Not thread-safe; one per exchange. */
final class HttpClient4Subject implements Subject {
  private final Seen seen;
  private final BasicCookieStore cookies = new BasicCookieStore();
  private final CloseableHttpClient client;

  HttpClient4Subject(Seen seen) {
    this.seen = seen;
    client =
        HttpClients.custom()
            .setDefaultCookieStore(cookies)
            .setDefaultCredentialsProvider(new WatchedCredentials(seen))
            .addInterceptorLast((HttpRequestInterceptor) this::sent)
            .addInterceptorFirst((HttpResponseInterceptor) this::answered)
            .build();
  }

  private void sent(HttpRequest request, HttpContext context) {
    HttpClientContext client4 = HttpClientContext.adapt(context);
    seen.add("request interceptor " + request.getRequestLine());
    Arrays.stream(request.getAllHeaders()).forEach(header -> seen.add("sends " + header));
    seen.add("to " + client4.getTargetHost() + " by " + client4.getHttpRoute());
  }

  private void answered(HttpResponse response, HttpContext context) {
    HttpClientContext client4 = HttpClientContext.adapt(context);
    seen.add("response interceptor " + response.getStatusLine());
    seen.add("from " + client4.getTargetHost() + " by " + client4.getHttpRoute());
  }

  @Override
  public void call(Call call, String url, List<String[]> headers) throws IOException {
    RequestBuilder request = RequestBuilder.create(call.method()).setUri(url);
    headers.forEach(field -> request.addHeader(field[0], field[1]));
    if (call.body() != null) {
      request.setEntity(entity(call));
    }
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request.build(), context)) {
      seen.add("status " + response.getStatusLine());
      for (Header header : response.getAllHeaders()) {
        seen.header(header.getName(), header.getValue());
      }
      HttpEntity entity = response.getEntity();
      seen.body(
          entity == null ? "none" : EntityUtils.toString(entity, StandardCharsets.ISO_8859_1));
    } finally {
      seen.add("uri " + context.getTargetHost() + " " + context.getRequest());
      seen.add("route " + context.getHttpRoute());
      seen.add("redirected to " + context.getRedirectLocations());
      seen.add("cookies from " + context.getCookieOrigin());
      cookies.getCookies().forEach(cookie -> seen.add("holds " + cookie));
    }
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

  /** Gives its password, and writes down for what. Thread-safe. */
  private static final class WatchedCredentials extends BasicCredentialsProvider {
    private final Seen seen;

    WatchedCredentials(Seen seen) {
      this.seen = seen;
    }

    @Override
    public Credentials getCredentials(AuthScope scope) {
      seen.add("credentials for " + scope);
      return new UsernamePasswordCredentials(USER, PASSWORD);
    }
  }
}
