package dev.evenkeel.urlconnection;

import java.net.URL;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Advice on {@code KeepAliveCache.get}. Immutable. */
public final class CacheGetAdvice {
  private CacheGetAdvice() {}

  /** The key of the server; null leaves the key. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable URL enter() {
    return Calls.wantedKey();
  }
}
