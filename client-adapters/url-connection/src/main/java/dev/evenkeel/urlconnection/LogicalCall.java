package dev.evenkeel.urlconnection;

import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * A call as the application made it. It refers to its connection weakly, so that one which the
 * application dropped can be found. Thread-safe.
 */
final class LogicalCall {
  private final URL url;
  private final WeakReference<HttpURLConnection> owner;

  /** How many redirects of the same connection led here, one after the other. */
  private final int redirects;

  /**
   * @param redirected the call whose answer led to this one; null if none of ours did
   */
  LogicalCall(HttpURLConnection owner, @Nullable LogicalCall redirected) {
    this.url = owner.getURL();
    this.owner = new WeakReference<>(owner);
    this.redirects = redirected == null ? 0 : redirected.redirects + 1;
  }

  /** The application's connection; null once it was dropped. */
  @Nullable HttpURLConnection owner() {
    return owner.get();
  }

  boolean isOf(Object connection) {
    return owner.refersTo((HttpURLConnection) connection);
  }

  /** True for a call by http: its client knows nothing of TLS. */
  boolean isPlain() {
    return url.getProtocol().equals("http");
  }

  String host() {
    return url.getHost();
  }

  int port() {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }

  /** Path and query. */
  String target() {
    String file = url.getFile();
    return file.startsWith("/") ? file : "/" + file;
  }

  /**
   * True if the JDK takes a redirect to a URL for one too many. It counts challenges too, so it may
   * do so earlier; a redirect to another host is its own affair.
   */
  boolean isRedirectLimit(URL next) {
    return redirects + 1 >= Library.MAX_REDIRECTS && url.getHost().equalsIgnoreCase(next.getHost());
  }

  /** Milliseconds; 0 for no limit. */
  int readTimeoutMillis() {
    HttpURLConnection connection = owner.get();
    return connection == null ? 0 : connection.getReadTimeout();
  }
}
