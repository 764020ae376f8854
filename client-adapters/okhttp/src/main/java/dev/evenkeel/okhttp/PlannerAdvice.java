package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code sameHostAndPort} of a plan, {@code RealRoutePlanner} or {@code
 * ExchangeFinder}: the logical host is the right one on a connection to its server. Thread-safe.
 */
public final class PlannerAdvice {
  private PlannerAdvice() {}

  /** The answer for a re-targeted call; null leaves OkHttp's. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Boolean accept(
      @Advice.This Object planner, @Advice.Argument(0) HttpUrl url) {
    return Calls.accept(planner, url);
  }
}
