package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpClient.Version;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After {@code Exchange.version}: which version of HTTP a try begins with. The client decides it by
 * the scheme of the call's first request, whose server may speak another. Thread-safe.
 */
public final class VersionAdvice {
  private VersionAdvice() {}

  /** The version to speak; null to leave it. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Version version(@Advice.This Object exchange) {
    return Proxies.version(exchange);
  }
}
