package dev.evenkeel.httpclient5;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.jspecify.annotations.Nullable;

/**
 * The minimal asynchronous client's handle on what connects for one call, however many servers that
 * takes. The client cancels it when the application gives up the call, and asks nothing else of it.
 * Thread-safe.
 */
final class MinimalLeases implements Future<Object>, CancellableDependency {
  private volatile boolean isCancelled;
  private volatile @Nullable AsyncCall call;
  private volatile @Nullable MinimalLease latest;

  void begin(AsyncCall begun) {
    call = begun;
  }

  /** What is about to connect; those before it are over. */
  void next(MinimalLease lease) {
    latest = lease;
  }

  private @Nullable Future<?> running() {
    MinimalLease lease = latest;
    return lease == null ? null : lease.running();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    isCancelled = true;
    AsyncCall cancelled = call;
    if (cancelled != null) {
      cancelled.cancelled();
    }
    Future<?> lease = running();
    return lease != null && lease.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean cancel() {
    return cancel(true);
  }

  @Override
  public boolean isCancelled() {
    return isCancelled;
  }

  @Override
  public void setDependency(Cancellable dependency) {}

  @Override
  public boolean isDone() {
    Future<?> lease = running();
    return lease == null || lease.isDone();
  }

  @Override
  public @Nullable Object get() throws InterruptedException, ExecutionException {
    Future<?> lease = running();
    return lease == null ? null : lease.get();
  }

  @Override
  public @Nullable Object get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    Future<?> lease = running();
    return lease == null ? null : lease.get(timeout, unit);
  }
}
