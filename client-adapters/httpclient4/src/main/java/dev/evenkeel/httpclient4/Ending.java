package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * How a pass through the hooked step ended: with a response, or with an exception. Immutable.
 *
 * @param isMovable true if another server may be tried: there was no connection, or what came of it
 *     was given up
 */
record Ending(
    @Nullable CloseableHttpResponse returned, @Nullable Throwable thrown, boolean isMovable) {

  Ending(@Nullable CloseableHttpResponse returned, @Nullable Throwable thrown) {
    this(returned, thrown, false);
  }

  /** Runs the step; whatever it ends with is the application's, a fault of ours it is not. */
  static Ending of(LogicalCall logical, HttpRoute route, OwnExecution execution) {
    try {
      return new Ending(
          logical.step().execute(route, logical.request(), logical.context(), execution), null);
    } catch (Throwable failure) {
      return new Ending(null, failure);
    }
  }

  /** The body of the request is longer than it may be. */
  static Ending tooLarge() {
    return new Ending(new TooLargeResponse(), null);
  }

  /**
   * As the application is to hear of a connection that was not made.
   *
   * @param tls the server's transport, whose scheme is nobody's to see; null if it has none
   */
  Ending told(@Nullable ServerTls tls, HttpHost logical) {
    return tls == null || !(thrown instanceof IOException failure)
        ? this
        : new Ending(returned, LogicalFailure.of(failure, tls, logical), isMovable);
  }

  Ending movable(boolean newMovable) {
    return new Ending(returned, thrown, newMovable);
  }

  @Nullable Object[] result() {
    return new @Nullable Object[] {returned, thrown};
  }
}
