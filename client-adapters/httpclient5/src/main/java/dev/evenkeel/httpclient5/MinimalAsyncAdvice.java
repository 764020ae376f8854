package dev.evenkeel.httpclient5;

import java.util.concurrent.Future;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code MinimalHttpAsyncClient.leaseEndpoint}, by which the client connects for a
 * request and for an endpoint that it hands out. The callback is the client's own. Immutable.
 */
public final class MinimalAsyncAdvice {
  private MinimalAsyncAdvice() {}

  /**
   * Leads a balanced call to its first server.
   *
   * @return the server and the callback to connect with, and what {@link #exit} needs; null to
   *     leave the call alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments({
    @ToArgument(value = 0, index = 0, typing = Typing.DYNAMIC),
    @ToArgument(value = 4, index = 1, typing = Typing.DYNAMIC)
  })
  public static @Nullable Object @Nullable [] enter(
      @Advice.This MinimalHttpAsyncClient client,
      @Advice.Argument(0) HttpHost target,
      @Advice.Argument(1) @Nullable Timeout leaseTimeout,
      @Advice.Argument(2) @Nullable Timeout connectTimeout,
      @Advice.Argument(4) FutureCallback<?> callback) {
    return MinimalEndpoints.begin(client, target, leaseTimeout, connectTimeout, callback);
  }

  /**
   * Makes the client's handle on the lease one on those that may follow it.
   *
   * @return the future and the exception to end with, one of them null; null to change nothing
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  @AssignReturned.ToThrown(index = 1, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.Enter @Nullable Object @Nullable [] entered,
      @Advice.Return @Nullable Future<?> returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    return MinimalAsyncCall.leased(entered, returned, thrown);
  }
}
