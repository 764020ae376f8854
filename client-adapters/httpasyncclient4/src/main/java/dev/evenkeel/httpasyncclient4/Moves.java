package dev.evenkeel.httpasyncclient4;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Moves a call whose attempt failed to another server, where it may. Stateless. Thread-safe. */
final class Moves {
  private Moves() {}

  /** As {@link Calls#failed}, for a call that is not over. */
  static boolean failed(Object handler, BalancedCall call, @Nullable Exception failure) {
    if (!call.claimFailure()) {
      // After a timeout the client closes the handler at once, which alone would tell nobody.
      return !(failure instanceof SocketTimeoutException);
    }
    if (!Unsent.is(handler, call, failure)) {
      call.fail(failure);
      return false;
    }
    call.refused();
    if (!call.isMovable() || !Unsent.canMove(handler, call, failure)) {
      return false;
    }
    boolean wasBegun = call.isSent();
    try {
      if (!call.begin()) {
        return false;
      }
    } catch (Throwable fault) {
      Faults.report(fault);
      call.leaveAlone();
    }
    return moved(handler, call, wasBegun);
  }

  private static boolean moved(Object handler, BalancedCall call, boolean wasBegun) {
    if (Internals.isClosed(handler)) {
      call.end();
      return false;
    }
    Unsent.letGo(handler);
    try {
      Internals.beginAnew(handler, wasBegun);
      Internals.requestConnection(handler);
      return true;
    } catch (IOException | IllegalStateException closed) {
      // The application's body that cannot begin anew, or the client's own word for its pool that
      // was shut down meanwhile.
      call.end();
      return false;
    }
  }
}
