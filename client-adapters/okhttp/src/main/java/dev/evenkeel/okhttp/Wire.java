package dev.evenkeel.okhttp;

import java.net.Proxy;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Route;
import okhttp3.internal.http2.Http2ExchangeCodec;
import org.jspecify.annotations.Nullable;

/** Says what of a request must name the server when it is written. Thread-safe. */
final class Wire {
  private Wire() {}

  /**
   * The request to write; null when the logical one is right as it is. Either is repeated for the
   * mirrors of the call.
   */
  static @Nullable Request rewrite(Object codec, Request request) {
    Route route = OkHttpCopy.INSIDES.route(codec);
    ServerMark mark = ServerMark.of(route.address());
    if (mark == null) {
      return null;
    }
    Request written = rewrite(codec, route, mark, request);
    Copies.begin(codec, request, written == null ? request : written);
    return written;
  }

  private static @Nullable Request rewrite(
      Object codec, Route route, ServerMark mark, Request request) {
    Target target = mark.target();
    // OkHttp may send a redirect to the server's own URL on this very connection: not ours.
    if (target.isNamedBy(request.url()) && !mark.isForLogical(request.url())) {
      return null;
    }
    boolean isUrlWritten = target.hasPath() || isUrlWritten(codec, route, request.url(), target);
    String authority = target.authority();
    if (!isUrlWritten && authority == null) {
      return null;
    }
    Request.Builder written = request.newBuilder();
    if (isUrlWritten) {
      written.url(target.at(request.url()));
    }
    if (authority != null) {
      written.header("Host", authority);
    }
    return written.build();
  }

  /**
   * True if more of the URL than path and query is written: {@code :scheme} in HTTP/2 (RFC 9113,
   * 8.3.1), the whole of it to an HTTP proxy (RFC 9112, 3.2.2).
   */
  private static boolean isUrlWritten(Object codec, Route route, HttpUrl logical, Target target) {
    return codec instanceof Http2ExchangeCodec
        ? !logical.scheme().equals(target.url().scheme())
        : route.proxy().type() == Proxy.Type.HTTP;
  }
}
