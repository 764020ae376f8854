package dev.evenkeel.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code HttpURLConnection.doTunneling}. Immutable. */
public final class TunnelAdvice {
  private TunnelAdvice() {}

  /** Remembers whose tunnel it is. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object connection) {
    return Tunnels.enter(connection);
  }

  /** Forgets it, and ends the attempt if there is no tunnel. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered, @Advice.Thrown @Nullable Throwable thrown) {
    Tunnels.leave(entered, thrown);
  }
}
