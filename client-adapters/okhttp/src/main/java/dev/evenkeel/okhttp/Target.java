package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;
import java.lang.ref.WeakReference;
import okhttp3.Address;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A server in OkHttp's own terms, made once per server. It keeps neither the server nor anything of
 * a client's alive. Thread-safe.
 */
final class Target {
  private final WeakReference<Server> server;
  private final HttpUrl url;
  private final String path;
  private final @Nullable String authority;
  private final Request get;
  private final Request other;
  private volatile WeakReference<@Nullable Known> known = new WeakReference<>(null);

  Target(Server server) {
    this.server = new WeakReference<>(server);
    this.url =
        new HttpUrl.Builder()
            .scheme(server.scheme())
            .host(server.host())
            .port(server.port())
            .build();
    this.path = server.path();
    this.authority = server.isHostHeaderPassed() ? null : server.authority();
    this.get = new Request.Builder().url(url).build();
    this.other = new Request.Builder().url(url).method("DELETE", null).build();
  }

  /**
   * This server's address, if the one made last was made for a client of the same settings. Making
   * one costs a kilobyte, as OkHttp parses its host.
   *
   * @param ofLogical OkHttp's own address of the logical host, which holds the settings
   */
  @Nullable Address address(Address ofLogical) {
    Known last = known.get();
    return last != null && last.ofLogical.equals(ofLogical) ? last.ofServer : null;
  }

  void keepAddress(Address ofLogical, Address ofServer) {
    known = new WeakReference<>(new Known(ofLogical, ofServer));
  }

  boolean isFor(Server candidate) {
    return server.refersTo(candidate);
  }

  HttpUrl url() {
    return url;
  }

  /** True if a path stands before that of each call. */
  boolean hasPath() {
    return !path.isEmpty();
  }

  /** What the Host header becomes; null if it stays logical. */
  @Nullable String authority() {
    return authority;
  }

  /**
   * A request to plan the connection with. Of it the planner reads the URL, and of the method only
   * whether it is GET: a pooled connection is checked harder before any other.
   */
  Request plan(String method) {
    return method.equals("GET") ? get : other;
  }

  /** The logical URL's path and query at this server, which may have a path before them. */
  HttpUrl at(HttpUrl logical) {
    HttpUrl.Builder there =
        logical.newBuilder().scheme(url.scheme()).host(url.host()).port(url.port());
    return hasPath() ? there.encodedPath(path + logical.encodedPath()).build() : there.build();
  }

  /** True if the URL names this server itself. */
  boolean isNamedBy(HttpUrl candidate) {
    return candidate.port() == url.port()
        && candidate.scheme().equals(url.scheme())
        && candidate.host().equals(url.host());
  }

  private record Known(Address ofLogical, Address ofServer) {}
}
