package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.GatewayStatus;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Moves a call whose attempt failed to another server, where it may. Stateless. Thread-safe. */
final class Moves {
  private Moves() {}

  /** As {@link Calls#failed}, for a call that is not over. */
  static boolean failed(Object handler, BalancedCall call, @Nullable Exception failure) {
    if (Allocations.isOfAttemptBefore(call)) {
      return true;
    }
    if (!call.claimFailure()) {
      // After a timeout the client closes the handler at once, which alone would tell nobody.
      return !(failure instanceof SocketTimeoutException);
    }
    if (call.isAnswerGivenUp()) {
      return againAfterAnAnswer(handler, call, failure);
    }
    if (!Unsent.is(handler, call, failure)) {
      int status = statusOf(failure);
      boolean isServers = status != GatewayStatus.NONE && !call.body().isShort();
      boolean isGivenUp = isServers && call.givesUp(status);
      call.fail(failure);
      return isGivenUp && again(handler, call, false);
    }
    boolean isMovable = call.isMovable() && (!call.isSent() || call.body().isRepeatable());
    call.refused();
    return isMovable && again(handler, call, true);
  }

  /**
   * Goes on after an answer to the client's own {@code CONNECT}, which says that the proxy cannot
   * connect to the server.
   *
   * @return what its connection is to end with, where the call has gone on to another server; null
   *     where the answer is the application's
   */
  static @Nullable Object answeredByProxy(
      Object handler, BalancedCall call, HttpResponse response) {
    int status = response.getStatusLine().getStatusCode();
    if (status < HttpStatus.SC_INTERNAL_SERVER_ERROR) {
      return null;
    }
    boolean isMovable = call.isMovable();
    call.refused();
    try {
      if (!isMovable || !call.begin()) {
        return null;
      }
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
    Unsent.letGo(handler);
    Exception failure = moved(handler, call, false);
    if (failure != null && !Internals.isClosed(handler)) {
      Calls.failInstead(handler, call, failure);
    }
    return new IOException("the proxy's answer " + status + " has moved the call");
  }

  /** What a proxy would answer; {@link GatewayStatus#NONE} where it is not the connection's. */
  private static int statusOf(@Nullable Exception failure) {
    boolean isOfTheExchange = failure instanceof IOException || failure instanceof HttpException;
    return failure == null || !isOfTheExchange ? GatewayStatus.NONE : GatewayStatus.of(failure);
  }

  /** Goes on after an answer that was given up: its connection's failure is our own word only. */
  private static boolean againAfterAnAnswer(
      Object handler, BalancedCall call, @Nullable Exception ours) {
    boolean needsReset = call.body().needsReset();
    Exception failure;
    Unsent.letGo(handler);
    try {
      failure = call.begin() ? moved(handler, call, needsReset) : call.unavailable();
    } catch (Throwable fault) {
      Faults.report(fault);
      failure = ours;
    }
    if (failure != null && failure != ours && !Internals.isClosed(handler)) {
      Calls.failInstead(handler, call, failure);
    }
    return failure != ours;
  }

  /**
   * Goes on with another server.
   *
   * @param isUnsent true if no server has seen the request: after a fault of ours it is left alone
   */
  private static boolean again(Object handler, BalancedCall call, boolean isUnsent) {
    boolean needsReset = call.body().needsReset();
    Unsent.letGo(handler);
    try {
      if (!call.begin()) {
        return false;
      }
    } catch (Throwable fault) {
      Faults.report(fault);
      if (!isUnsent) {
        return false;
      }
      call.leaveAlone();
    }
    return moved(handler, call, needsReset) == null;
  }

  /** What the call cannot go on for; null where it has gone on. */
  private static @Nullable Exception moved(Object handler, BalancedCall call, boolean needsReset) {
    if (Internals.isClosed(handler)) {
      call.end();
      return new CancellationException();
    }
    // The next connection may fail before this returns, and that is the new attempt's own failure.
    Object allocating = Allocations.begin(handler);
    try {
      if (needsReset) {
        Internals.resetBody(handler);
      }
      Internals.beginAnew(handler);
      Internals.requestConnection(handler);
      return null;
    } catch (IOException | RuntimeException applicationsOrClosed) {
      // The application's body that cannot begin anew, or the client's own word for its pool that
      // was shut down meanwhile.
      call.end();
      return applicationsOrClosed;
    } finally {
      Allocations.end(allocating);
    }
  }
}
