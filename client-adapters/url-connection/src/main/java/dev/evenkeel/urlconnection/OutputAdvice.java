package dev.evenkeel.urlconnection;

import java.io.OutputStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Advice on {@code HttpURLConnection.getOutputStream}. Immutable. */
public final class OutputAdvice {
  private OutputAdvice() {}

  /** The stream whose bytes are copied for mirrors; null leaves the JDK's. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable OutputStream exit(
      @Advice.This Object connection, @Advice.Return OutputStream body) {
    return Copies.body(connection, body);
  }
}
