package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What becomes of a balanced call whose try has failed. Stateless. Thread-safe. */
final class Failures {
  private static final Object[] TRY_AGAIN = {null};

  private Failures() {}

  /**
   * A try has failed, and the client has decided what to do about it.
   *
   * @param decided what the call ends with; null where the client itself tries again
   * @return one element to put in the place of {@code decided}; null to leave it
   */
  static @Nullable Object @Nullable [] failed(
      Object multiExchange, Throwable failure, @Nullable Object decided) {
    HttpRequest request = Internals.currentRequest(multiExchange);
    BalancedCall call = Calls.of(request);
    Throwable cause = Calls.unwrapped(failure);
    if (call == null) {
      Throwable its = TooLargeBody.failure(multiExchange, cause);
      return its == null ? null : new Object[] {CompletableFuture.failedFuture(its)};
    }
    if (!call.hasServer()) {
      Calls.forget(request);
      return new Object[] {CompletableFuture.failedFuture(cause)};
    }
    if (Proxies.isToBlame(request, cause)) {
      if (decided != null) {
        Calls.end(request, call, Outcome.CANCELLED);
      }
      return null;
    }
    Object clientImpl = Internals.connectedImpl(multiExchange);
    boolean isConnectFailure =
        !call.isAnswered()
            && !call.hasBodyFailed()
            && (isConnectFailure(cause, clientImpl) || Proxies.isUnconnected(request, cause));
    if (isConnectFailure && !Internals.isCancelled(multiExchange)) {
      return leave(multiExchange, request, call, cause, clientImpl);
    }
    if (isGivenUp(multiExchange, request, call, cause, isConnectFailure)) {
      Internals.sendAgain(multiExchange);
      return TRY_AGAIN;
    }
    if (decided != null) {
      Calls.end(request, call, isConnectFailure ? Outcome.CONNECT_FAILED : Outcome.IO_FAILED);
    }
    // Else the client repeats what a stale connection swallowed, on the same server.
    return null;
  }

  /** The time of a call is the client's own, so what is over by time cannot go on elsewhere. */
  private static boolean isGivenUp(
      Object multiExchange,
      HttpRequest request,
      BalancedCall call,
      Throwable cause,
      boolean isConnectFailure) {
    return !isConnectFailure
        && !call.isAnswered()
        && !call.hasBodyFailed()
        && cause instanceof IOException
        && !(cause instanceof HttpTimeoutException)
        && !Internals.isCancelled(multiExchange)
        && call.giveUpFailure(request);
  }

  /** Leaves the server for another one; or fails, where the client would try the same again. */
  private static @Nullable Object[] leave(
      Object multiExchange,
      HttpRequest request,
      BalancedCall call,
      Throwable cause,
      @Nullable Object clientImpl) {
    if (isRepeatable(request, cause, clientImpl) && call.move()) {
      Internals.tryAgain(multiExchange);
      return TRY_AGAIN;
    }
    Calls.end(request, call, Outcome.CONNECT_FAILED);
    return new Object[] {CompletableFuture.failedFuture(cause)};
  }

  private static boolean isConnectFailure(Throwable cause, @Nullable Object clientImpl) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException
        || (clientImpl == null && cause instanceof IOException);
  }

  /** Over HTTP/1.1 the client asks for the body while the TLS handshake is still under way. */
  private static boolean isRepeatable(
      HttpRequest request, Throwable cause, @Nullable Object clientImpl) {
    return clientImpl == null
        || !(cause instanceof SSLHandshakeException)
        || request.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L) == 0;
  }
}
