package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.GatewayStatus;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import org.apache.http.HttpException;
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
      boolean isGivenUp = status != GatewayStatus.NONE && call.givesUp(status);
      call.fail(failure);
      return isGivenUp && again(handler, call, failure, false);
    }
    boolean isMovable = call.isMovable() && (!call.isSent() || call.body().isRepeatable());
    call.refused();
    return isMovable && again(handler, call, failure, true);
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
  private static boolean again(
      Object handler, BalancedCall call, @Nullable Exception failure, boolean isUnsent) {
    boolean needsReset = call.body().needsReset();
    boolean isClosedNext =
        failure instanceof SocketTimeoutException && Internals.connection(handler) != null;
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
    boolean isMoved = moved(handler, call, needsReset) == null;
    if (isMoved && isClosedNext) {
      call.keepOpen();
    }
    return isMoved;
  }

  /** What the call cannot go on for; null where it has gone on. */
  private static @Nullable Exception moved(Object handler, BalancedCall call, boolean needsReset) {
    if (Internals.isClosed(handler)) {
      call.end();
      return new CancellationException();
    }
    Unsent.letGo(handler);
    // The next connection may fail before this returns, and that is the new attempt's own failure.
    Object allocating = Allocations.begin(handler);
    try {
      Internals.beginAnew(handler, needsReset);
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
