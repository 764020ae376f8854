package dev.evenkeel.urlconnection;

import java.net.ConnectException;
import java.net.Proxy;
import java.net.URL;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code HttpsClient.New}: chooses the server before a connection is made or found in the
 * cache. Immutable.
 */
public final class NewTlsAdvice {
  private NewTlsAdvice() {}

  /**
   * Null when the call is not ours; the exception when no server is available, which skips the
   * method.
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = ConnectException.class)
  public static @Nullable Object enter(
      @Advice.Argument(1) URL url,
      @Advice.Argument(3) @Nullable Proxy proxy,
      @Advice.Argument(6) @Nullable Object connection) {
    return Calls.search(url, proxy, connection);
  }

  /** The exception to end with; null leaves all as it is. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToThrown(typing = Typing.DYNAMIC)
  public static @Nullable Throwable exit(
      @Advice.Enter @Nullable Object entered, @Advice.Return @Nullable Object client)
      throws Throwable {
    return Calls.leave(entered, client);
  }
}
