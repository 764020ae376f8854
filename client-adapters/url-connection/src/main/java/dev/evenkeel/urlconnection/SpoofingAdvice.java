package dev.evenkeel.urlconnection;

import java.net.URL;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Advice on {@code HttpsClient.checkURLSpoofing}: a custom verifier is asked for the server's name.
 * Immutable.
 */
public final class SpoofingAdvice {
  private SpoofingAdvice() {}

  /** Names the server. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable URL enter(@Advice.This Object client) {
    return Answers.nameForVerifier(client);
  }

  /** Names the logical host again. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.This Object client, @Advice.Enter @Nullable URL logical) {
    if (logical != null) {
      Library.setUrl(client, logical);
    }
  }
}
