package dev.evenkeel.httpclient5;

import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;

/** How a minimal asynchronous client connects, and sends, for one call. Thread-safe. */
interface MinimalPool {
  /** What leads to what connects, as {@link Operators} ask it. */
  Object connector();

  /** The call's, which is the application's to read. */
  HttpClientContext context();

  /** Begins to connect to {@code host}. */
  Future<?> connect(HttpHost host, FutureCallback<?> callback);

  /**
   * Tells the client that it has its connection, over which it sends its exchange before this
   * returns.
   *
   * @param theirs the client's own callback
   * @param connection what the client's pool gave, or null
   * @param runtime that of the attempt, or the client's if there is none
   */
  void hand(FutureCallback<Object> theirs, Object connection, AsyncExecRuntime runtime);

  /** True if the client was closed, or told to. */
  boolean isClosed();
}
