package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code Http1Request.requestURI}: the target in the request line. Thread-safe. */
public final class TargetAdvice {
  private TargetAdvice() {}

  /** The target to send; null to leave it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable String target(
      @Advice.This Object http1Request, @Advice.Return String logical) {
    return Authority.target(http1Request, logical);
  }
}
