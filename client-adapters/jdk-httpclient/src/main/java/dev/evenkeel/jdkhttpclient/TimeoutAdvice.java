package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After {@code HttpRequestImpl.timeout}: the client starts its timer anew for each try, but a call
 * that moves to another server has one time for all. Thread-safe.
 */
public final class TimeoutAdvice {
  private TimeoutAdvice() {}

  /** What is left of the call's time; null to leave it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  @SuppressWarnings("NullableOptional") // null stands for nothing to assign
  public static @Nullable Optional<Duration> timeout(
      @Advice.This HttpRequest request, @Advice.Return Optional<Duration> timeout) {
    BalancedCall call = timeout.isEmpty() ? null : Calls.of(request);
    return call == null ? null : timeout.map(call::remaining);
  }
}
