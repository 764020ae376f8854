package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Address;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Before {@code RouteSelector.resetNextProxy}, which tells listeners the URL that it is given:
 * proxies are selected for the logical host. Thread-safe.
 */
public final class SelectionAdvice {
  private SelectionAdvice() {}

  /** The URL to tell; null leaves the address's. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable HttpUrl name(@Advice.FieldValue("address") Address address) {
    return Calls.selectionUrl(address);
  }
}
