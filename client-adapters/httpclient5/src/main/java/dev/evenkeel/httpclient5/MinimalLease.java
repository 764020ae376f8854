package dev.evenkeel.httpclient5;

import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * What the minimal asynchronous client's pool reports to, for one attempt to connect: in the place
 * of the client's own callback, which hears of the last one. Thread-safe.
 */
final class MinimalLease implements FutureCallback<Object> {
  private final MinimalAsyncCall call;
  private final Scope scope;
  private final AsyncExecChain chain;
  private final AsyncExecCallback callback;
  private volatile @Nullable Future<?> running;

  MinimalLease(
      MinimalAsyncCall call, Scope scope, AsyncExecChain chain, AsyncExecCallback callback) {
    this.call = call;
    this.scope = scope;
    this.chain = chain;
    this.callback = callback;
  }

  /** What connects; it may be over. */
  void follow(Future<?> begun) {
    running = begun;
    if (leases().isCancelled()) {
      boolean unused = begun.cancel(true);
    }
  }

  /** Null until the client has begun to connect. */
  @Nullable Future<?> running() {
    return running;
  }

  /** The client's handle on this lease and those that follow it. */
  MinimalLeases leases() {
    return call.leases();
  }

  /** The client failed before it began to connect. */
  void abandon() {
    if (chain instanceof AsyncServerChain server) {
      server.abandon();
    }
  }

  @Override
  public void completed(Object endpoint) {
    call.connected(endpoint, scope, chain, callback);
  }

  @Override
  public void failed(Exception cause) {
    callback.failed(cause);
  }

  @Override
  public void cancelled() {
    call.cancelled();
  }
}
