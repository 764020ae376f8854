package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Before the constructor of {@code Response}: status and headers are here, and neither the client's
 * cookie store nor the application has seen them. Thread-safe.
 */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  /** The headers with the session's cookie; null to leave them. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(2))
  public static @Nullable HttpHeaders answered(
      @Advice.Argument(0) HttpRequest request,
      @Advice.Argument(2) HttpHeaders headers,
      @Advice.Argument(4) int status,
      @Advice.Argument(6) boolean isOfTunnel) {
    return Calls.answered(request, headers, status, isOfTunnel);
  }
}
