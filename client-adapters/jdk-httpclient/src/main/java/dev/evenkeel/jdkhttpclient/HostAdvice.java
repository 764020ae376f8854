package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code Http1Request.hostString}: the {@code Host} header. Thread-safe. */
public final class HostAdvice {
  private HostAdvice() {}

  /** The header's value; null to leave it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable String host(@Advice.This Object http1Request) {
    return Authority.host(http1Request);
  }
}
