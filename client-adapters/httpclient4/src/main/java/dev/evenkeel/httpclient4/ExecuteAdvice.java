package dev.evenkeel.httpclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code MainClientExec.execute} and {@code MinimalClientExec.execute}. The first server
 * is reached by other arguments for the method's own body, not by skipping it: if the agent is
 * switched off between entry and exit, the application still gets its response. Immutable.
 */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  /**
   * Leads a balanced call to its first server.
   *
   * @return the route and the execution that lead to the chosen server; null to leave the call
   *     alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments({
    @ToArgument(value = 0, index = 0, typing = Typing.DYNAMIC),
    @ToArgument(value = 3, index = 1, typing = Typing.DYNAMIC)
  })
  public static Object @Nullable [] enter(
      @Advice.This ClientExecChain step,
      @Advice.Argument(0) HttpRoute route,
      @Advice.Argument(1) HttpRequestWrapper request,
      @Advice.Argument(2) HttpClientContext context,
      @Advice.Argument(3) @Nullable HttpExecutionAware execution) {
    return BalancedCall.begin(step, route, request, context, execution);
  }

  /**
   * Settles the first attempt, and tries other servers where it found no connection.
   *
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  @AssignReturned.ToThrown(index = 1, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.Enter Object @Nullable [] entered,
      @Advice.Return @Nullable CloseableHttpResponse returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    return BalancedCall.finish(entered, returned, thrown);
  }
}
