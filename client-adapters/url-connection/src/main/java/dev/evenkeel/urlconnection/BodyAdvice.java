package dev.evenkeel.urlconnection;

import java.io.InputStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Advice on {@code HttpClient.getInputStream}. Immutable. */
public final class BodyAdvice {
  private BodyAdvice() {}

  /** The watched body; null leaves the JDK's. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable InputStream exit(
      @Advice.This Object client, @Advice.Return @Nullable InputStream body) {
    return Answers.watch(client, body);
  }
}
