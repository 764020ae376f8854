package dev.evenkeel.httpclient5;

import java.util.concurrent.Future;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code InternalH2ConnPool.getSession}, by which both HTTP/2-only clients connect: the
 * one with an execution chain from its runtime, the minimal one for a request. Immutable.
 */
public final class SessionAdvice {
  private SessionAdvice() {}

  /**
   * Leads a balanced call of the minimal client to its first server.
   *
   * @return the arguments to connect with, all in one, and what {@link #exit} needs; null to change
   *     nothing
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @AssignReturned.ToAllArguments(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] enter(
      @Advice.This Object pool, @Advice.AllArguments Object[] arguments) {
    return MinimalSessions.begin(pool, arguments);
  }

  /**
   * Makes the client's handle on its session one on those that may follow it.
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
    return MinimalSessions.begun(entered, returned, thrown);
  }
}
