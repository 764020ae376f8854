package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code AsyncConnectExec.execute}, which the client with connection pools and the
 * HTTP/2-only client share. As in {@link ConnectAdvice}, the first server is reached by other
 * arguments for the method's own body. Immutable.
 */
public final class AsyncConnectAdvice {
  private AsyncConnectAdvice() {}

  /**
   * Leads a balanced call to its first server.
   *
   * @return scope, chain and callback that lead to the chosen server, and what {@link #exit} needs;
   *     null to leave the call alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments({
    @ToArgument(value = 2, index = 0, typing = Typing.DYNAMIC),
    @ToArgument(value = 3, index = 1, typing = Typing.DYNAMIC),
    @ToArgument(value = 4, index = 2, typing = Typing.DYNAMIC)
  })
  public static Object @Nullable [] enter(
      @Advice.This AsyncExecChainHandler connectExec,
      @Advice.Argument(0) HttpRequest request,
      @Advice.Argument(1) @Nullable AsyncEntityProducer producer,
      @Advice.Argument(2) AsyncExecChain.Scope scope,
      @Advice.Argument(3) AsyncExecChain chain,
      @Advice.Argument(4) AsyncExecCallback callback) {
    return AsyncCall.begin(new AsyncStep(connectExec, request, producer, scope, chain, callback));
  }

  /** Ends the attempt of a step that was never begun, because the method threw. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter Object @Nullable [] entered, @Advice.Thrown @Nullable Throwable thrown) {
    AsyncCall.finish(entered, thrown);
  }
}
