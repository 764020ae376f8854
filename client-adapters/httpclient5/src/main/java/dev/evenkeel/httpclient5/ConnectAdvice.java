package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code ConnectExec.execute}. The first server is reached by other arguments for the
 * method's own body, not by skipping it: if the agent is switched off between entry and exit, the
 * application still gets its response. Immutable.
 */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  /**
   * Leads a balanced call to its first server.
   *
   * @return the scope and the chain that lead to the chosen server; null to leave the call alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments({
    @ToArgument(value = 1, index = 0, typing = Typing.DYNAMIC),
    @ToArgument(value = 2, index = 1, typing = Typing.DYNAMIC)
  })
  public static Object @Nullable [] enter(
      @Advice.This ExecChainHandler connectExec,
      @Advice.Argument(0) ClassicHttpRequest request,
      @Advice.Argument(1) ExecChain.Scope scope,
      @Advice.Argument(2) ExecChain chain) {
    return BalancedCall.begin(connectExec, request, scope, chain);
  }

  /**
   * Settles the first attempt, and tries other servers where it found no connection.
   *
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  @AssignReturned.ToThrown(index = 1, typing = Typing.DYNAMIC)
  public static Object @Nullable [] exit(
      @Advice.Argument(0) ClassicHttpRequest request,
      @Advice.Enter Object @Nullable [] entered,
      @Advice.Return @Nullable ClassicHttpResponse returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    return BalancedCall.finish(request, entered, returned, thrown);
  }
}
