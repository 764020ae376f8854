package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.RequestReader;
import dev.evenkeel.spi.Server;
import java.io.IOException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RequestAddCookies;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Reads the client's request where it lies. Immutable. */
final class RequestView implements RequestReader<LogicalRequest> {
  static final RequestView INSTANCE = new RequestView();

  /** The library has one to share since 5.2. */
  private static final RequestAddCookies COOKIES = new RequestAddCookies();

  private RequestView() {}

  @Override
  public boolean speaksServersTls(LogicalRequest logical) {
    return Operators.speakTransports(logical.runtime());
  }

  @Override
  public String method(LogicalRequest logical) {
    return logical.request().getMethod();
  }

  @Override
  public String target(LogicalRequest logical) {
    return target(logical.request().getPath());
  }

  /** Path and query as they are sent. */
  static String target(@Nullable String path) {
    if (path == null || path.isEmpty()) {
      return "/";
    }
    return path.charAt(0) == '/' || path.equals("*") ? path : '/' + path;
  }

  /** Puts a server's path before that of a request of ours. */
  static void putBefore(Server server, HttpRequest wire) {
    if (!server.path().isEmpty()) {
      wire.setPath(server.at(target(wire.getPath())));
    }
  }

  @Override
  public @Nullable String header(LogicalRequest logical, String name) {
    Header header = logical.request().getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /**
   * Runs the client's own cookie rules on a copy of the request: the client adds its cookies only
   * once it is connected, which is too late for the pick.
   */
  @Override
  public @Nullable String cookies(LogicalRequest logical) {
    HttpRequest request = logical.request();
    BasicHttpRequest copy =
        new BasicHttpRequest(
            request.getMethod(), request.getScheme(), request.getAuthority(), request.getPath());
    copy.setHeaders(request.getHeaders(HttpHeaders.COOKIE));
    try {
      COOKIES.process(copy, null, privateContext(logical));
    } catch (HttpException | IOException e) {
      Faults.report(e);
    }
    return joined(copy.getHeaders(HttpHeaders.COOKIE));
  }

  /** The cookie rules write into their context; the application's must not see that. */
  private static HttpClientContext privateContext(LogicalRequest logical) {
    HttpClientContext theirs = logical.context();
    HttpClientContext ours = HttpClientContext.create();
    ours.setCookieStore(theirs.getCookieStore());
    ours.setCookieSpecRegistry(theirs.getCookieSpecRegistry());
    ours.setRequestConfig(theirs.getRequestConfig());
    ours.setExchangeId(logical.exchangeId());
    LaterMembers.setRoute(ours, logical.route());
    return ours;
  }

  private static @Nullable String joined(Header[] headers) {
    if (headers.length == 0) {
      return null;
    }
    StringBuilder cookies = new StringBuilder(headers[0].getValue());
    for (int i = 1; i < headers.length; i++) {
      cookies.append("; ").append(headers[i].getValue());
    }
    return cookies.toString();
  }
}
