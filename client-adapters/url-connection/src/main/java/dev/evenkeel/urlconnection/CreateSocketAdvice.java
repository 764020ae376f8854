package dev.evenkeel.urlconnection;

import java.net.Socket;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code HttpsClient.createSocket}: an http server wants no TLS, and a servers transport
 * puts its own on a plain socket. Immutable.
 */
public final class CreateSocketAdvice {
  private CreateSocketAdvice() {}

  /** A plain socket instead; null leaves the method alone. */
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Socket enter(@Advice.This Object client) {
    return Handshakes.socket(client);
  }

  /** The plain socket, if there is one. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Socket exit(@Advice.Enter @Nullable Socket plain) {
    return plain;
  }
}
