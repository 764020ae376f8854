package dev.evenkeel.scenarios.differential.subjects;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.CredentialsStore;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * What an application hangs into either form of Apache HttpClient 5. Thread-safe; one per client.
 */
final class HttpClient5Views
    implements HttpRequestInterceptor, HttpResponseInterceptor, CredentialsStore {
  /** The client's own, without its second to wait. */
  static final HttpRequestRetryStrategy RETRIES =
      new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(1));

  private final Seen seen;
  private final BasicCookieStore cookies = new BasicCookieStore();

  HttpClient5Views(Seen seen) {
    this.seen = seen;
  }

  BasicCookieStore cookies() {
    return cookies;
  }

  @Override
  public void process(
      HttpRequest request, @Nullable EntityDetails entity, @Nullable HttpContext context) {
    seen.add("request interceptor " + request.getMethod() + " " + uri(request));
    Arrays.stream(request.getHeaders()).forEach(header -> seen.add("sends " + header));
    seen.add("to " + HttpClientContext.cast(context).getHttpRoute());
  }

  @Override
  public void process(
      HttpResponse response, @Nullable EntityDetails entity, @Nullable HttpContext context) {
    HttpClientContext client = HttpClientContext.cast(context);
    seen.add("response interceptor " + response.getCode() + " of " + uri(client.getRequest()));
    seen.add("from " + client.getHttpRoute());
  }

  @Override
  public Credentials getCredentials(AuthScope scope, @Nullable HttpContext context) {
    seen.add("credentials for " + scope);
    return new UsernamePasswordCredentials(Subject.USER, Subject.PASSWORD.toCharArray());
  }

  @Override
  public void setCredentials(AuthScope scope, Credentials credentials) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {}

  void answer(HttpResponse response, byte @Nullable [] body, HttpClientContext context) {
    seen.add("status " + response.getVersion() + " " + response.getCode());
    seen.add("reason " + response.getReasonPhrase());
    for (Header header : response.getHeaders()) {
      seen.header(header.getName(), header.getValue());
    }
    seen.body(body == null ? "none" : new String(body, StandardCharsets.ISO_8859_1));
    after(context);
  }

  /** What the context keeps once the call is over. */
  void after(HttpClientContext context) {
    seen.add("uri " + uri(context.getRequest()));
    seen.add("route " + context.getHttpRoute());
    seen.add("redirected to " + context.getRedirectLocations().getAll());
    seen.add("authenticated at " + context.getAuthExchanges().keySet());
    seen.add("cookies from " + context.getCookieOrigin());
    cookies.getCookies().forEach(cookie -> seen.add("holds " + cookie));
  }

  private static String uri(@Nullable HttpRequest request) {
    try {
      return request == null ? "none" : request.getUri().toString();
    } catch (URISyntaxException e) {
      return e.toString();
    }
  }
}
