package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * A chain of ours: by its type the advice knows that the pass through the connecting step is our
 * own, and lets it be. Immutable.
 */
class AsyncOwnChain implements AsyncExecChain {
  private final AsyncExecChain next;

  AsyncOwnChain(AsyncExecChain next) {
    this.next = next;
  }

  @Override
  public void proceed(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      Scope scope,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    next.proceed(request, producer, scope, callback);
  }
}
