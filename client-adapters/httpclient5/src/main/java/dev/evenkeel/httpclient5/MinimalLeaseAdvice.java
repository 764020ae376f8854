package dev.evenkeel.httpclient5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code InternalExecRuntime.acquireEndpoint}, for the minimal client's calls: the
 * endpoint is one to the chosen server, and is connected before the client looks whether it is.
 * Immutable.
 */
public final class MinimalLeaseAdvice {
  private MinimalLeaseAdvice() {}

  /**
   * Leads a balanced call to its first server.
   *
   * @return the route to the chosen server and what {@link #exit} needs; null to leave the call
   *     alone
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToArguments(@ToArgument(value = 1, index = 0, typing = Typing.DYNAMIC))
  public static @Nullable Object @Nullable [] enter(
      @Advice.This ExecRuntime runtime,
      @Advice.Argument(0) String id,
      @Advice.Argument(1) HttpRoute route,
      @Advice.Argument(3) HttpClientContext context) {
    return MinimalCall.begin(runtime, id, route, context);
  }

  /**
   * Connects, and tries other servers where there is no connection.
   *
   * @return the exception to end with, or null for none; null instead to change nothing
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @AssignReturned.ToThrown(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.Enter @Nullable Object @Nullable [] entered,
      @Advice.Thrown @Nullable Throwable thrown) {
    return MinimalCall.connect(entered, thrown);
  }
}
