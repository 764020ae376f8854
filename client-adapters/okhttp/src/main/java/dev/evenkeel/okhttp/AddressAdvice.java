package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Address;
import org.jspecify.annotations.Nullable;

/**
 * At the end of {@code OkHttpClient.address} and {@code RealInterceptorChain.address}: gives the
 * route planner of a re-targeted call its server's address. Thread-safe.
 */
public final class AddressAdvice {
  private AddressAdvice() {}

  /** The address to plan for; null leaves OkHttp's. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Address replace(@Advice.Return Address address) {
    return Calls.replace(address);
  }
}
