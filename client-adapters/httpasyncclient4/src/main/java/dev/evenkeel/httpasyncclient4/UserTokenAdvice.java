package dev.evenkeel.httpasyncclient4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * After {@code DefaultAsyncUserTokenHandler.getUserToken}: the client's certificate of a transport
 * is no user of the application's. Immutable.
 */
public final class UserTokenAdvice {
  private static final Object[] NO_TOKEN = {null};

  private UserTokenAdvice() {}

  /** One null where the connection is to be anybody's; null to leave the token. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.Argument(0) HttpContext context, @Advice.Return @Nullable Object token) {
    return TransportLayers.isOfTransport(context, token) ? NO_TOKEN : null;
  }
}
