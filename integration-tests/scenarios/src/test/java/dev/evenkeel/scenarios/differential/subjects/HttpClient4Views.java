package dev.evenkeel.scenarios.differential.subjects;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.Credentials;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * What an application hangs into either form of Apache HttpClient 4. Thread-safe; one per client.
 */
final class HttpClient4Views extends BasicCredentialsProvider
    implements HttpRequestInterceptor, HttpResponseInterceptor {
  private final Seen seen;
  private final BasicCookieStore cookies = new BasicCookieStore();

  HttpClient4Views(Seen seen) {
    this.seen = seen;
  }

  BasicCookieStore cookies() {
    return cookies;
  }

  @Override
  public void process(HttpRequest request, HttpContext context) {
    HttpClientContext client = HttpClientContext.adapt(context);
    seen.add("request interceptor " + request.getRequestLine());
    Arrays.stream(request.getAllHeaders()).forEach(header -> seen.add("sends " + header));
    seen.add("to " + client.getTargetHost() + " by " + client.getHttpRoute());
  }

  @Override
  public void process(HttpResponse response, HttpContext context) {
    HttpClientContext client = HttpClientContext.adapt(context);
    seen.add("response interceptor " + response.getStatusLine());
    seen.add("from " + client.getTargetHost() + " by " + client.getHttpRoute());
  }

  @Override
  public Credentials getCredentials(AuthScope scope) {
    seen.add("credentials for " + scope);
    return new UsernamePasswordCredentials(Subject.USER, Subject.PASSWORD);
  }

  void answer(HttpResponse response, byte @Nullable [] body) {
    seen.add("status " + response.getStatusLine());
    for (Header header : response.getAllHeaders()) {
      seen.header(header.getName(), header.getValue());
    }
    seen.body(body == null ? "none" : new String(body, StandardCharsets.ISO_8859_1));
  }

  /** What the context keeps once the call is over. */
  void after(HttpClientContext context) {
    seen.add("uri " + context.getTargetHost() + " " + context.getRequest());
    seen.add("route " + context.getHttpRoute());
    seen.add("redirected to " + context.getRedirectLocations());
    seen.add("cookies from " + context.getCookieOrigin());
    cookies.getCookies().forEach(cookie -> seen.add("holds " + cookie));
  }
}
