package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code readResponseHeaders} of HTTP/1.1, whose failure names the connection's
 * address: below listeners and interceptors, it names the logical host. Thread-safe.
 */
public final class FailureAdvice {
  private FailureAdvice() {}

  /** What to throw; null leaves it as it is. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToThrown(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Throwable name(
      @Advice.This Object codec, @Advice.Thrown @Nullable Throwable thrown) {
    return Calls.failed(codec, thrown);
  }
}
