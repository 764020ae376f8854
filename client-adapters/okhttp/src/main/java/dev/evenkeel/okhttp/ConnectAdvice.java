package dev.evenkeel.okhttp;

import java.net.ConnectException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code ConnectInterceptor.intercept}: chooses the server before, and after a connection
 * that could not be made runs the method once more for the next one. Thread-safe.
 *
 * <p>The method is repeated rather than called from here, so that a fault of ours, or the agent
 * switched off in between, can never make it run when it already has.
 */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  /**
   * Re-targets the call.
   *
   * @return null when the call is not ours; the exception when no server is available, which skips
   *     the method; else what {@link #conclude} needs
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = ConnectException.class)
  public static @Nullable Object choose(@Advice.Argument(0) Interceptor.Chain chain) {
    return Calls.begin(chain);
  }

  /**
   * Reports how the attempt went.
   *
   * @return null to leave all as it is, or what to return, what to throw, and whether to run the
   *     method once more (if not null)
   */
  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class,
      repeatOnIndex = 2)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] conclude(
      @Advice.Argument(0) Interceptor.Chain chain,
      @Advice.Enter @Nullable Object begun,
      @Advice.Return @Nullable Response response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return Calls.conclude(chain, begun, response, thrown);
  }
}
