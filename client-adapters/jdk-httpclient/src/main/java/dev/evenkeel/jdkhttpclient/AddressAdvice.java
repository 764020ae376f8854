package dev.evenkeel.jdkhttpclient;

import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code HttpRequestImpl.getAddress}: the server's address, which also names it in TLS. The
 * method is skipped, since it would look the logical host up; its exit is inlined and uses nothing
 * of ours, so that there is an address even if the agent is switched off in between. Thread-safe.
 */
public final class AddressAdvice {
  private AddressAdvice() {}

  /** The server's address, which skips the method; null to run it. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable InetSocketAddress find(@Advice.This HttpRequest request) {
    return Calls.address(request);
  }

  /** Gives back what the method was skipped for. */
  @Advice.OnMethodExit
  @SuppressWarnings("UnusedVariable") // the assignment is the return value of the hooked method
  public static void give(
      @Advice.Enter @Nullable InetSocketAddress found,
      @Advice.Return(readOnly = false) @Nullable InetSocketAddress returned) {
    if (found != null) {
      returned = found;
    }
  }
}
