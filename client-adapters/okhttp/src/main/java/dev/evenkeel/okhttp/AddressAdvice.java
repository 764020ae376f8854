package dev.evenkeel.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Address;
import org.jspecify.annotations.Nullable;

/**
 * Around the method that makes the address of a URL, in whatever class it stands: gives the plan of
 * a re-targeted call its server's address. Thread-safe.
 */
public final class AddressAdvice {
  private AddressAdvice() {}

  /** The address to plan for, if one was made before; the method is skipped then. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Address known() {
    return Calls.knownAddress();
  }

  /** The address to plan for; null leaves OkHttp's. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Address replace(
      @Advice.Enter @Nullable Address known, @Advice.Return @Nullable Address planned) {
    return known == null && planned != null ? Calls.address(planned) : known;
  }
}
