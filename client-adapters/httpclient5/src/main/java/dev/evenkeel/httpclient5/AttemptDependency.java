package dev.evenkeel.httpclient5;

import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;

/**
 * What a session hangs its exchange into, to be cancelled: before the session hears that the
 * application gave up the call, the call does, which the session does not tell where the request
 * was sent. Thread-safe where the client's own is.
 *
 * @param theirs the client's
 */
record AttemptDependency(CancellableDependency theirs, AsyncServerRuntime server)
    implements CancellableDependency {
  /**
   * Up to 5.3 the client's own takes it for a cancelled call when two threads hang something into
   * it at the same time, as the client and its session do here.
   */
  @Override
  public void setDependency(Cancellable exchange) {
    theirs.setDependency(() -> theirs.isCancelled() && cancel(exchange));
  }

  private boolean cancel(Cancellable exchange) {
    server.cancelled();
    return exchange.cancel();
  }

  @Override
  public boolean isCancelled() {
    return theirs.isCancelled();
  }

  @Override
  public boolean cancel() {
    return theirs.cancel();
  }
}
