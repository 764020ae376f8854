package dev.evenkeel.urlconnection;

import java.net.URL;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Advice on {@code KeepAliveCache.put}. Immutable. */
public final class CachePutAdvice {
  private CachePutAdvice() {}

  /** The key of the server; null leaves the key. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable URL enter(@Advice.Argument(2) @Nullable Object client) {
    return Calls.keptKey(client);
  }
}
