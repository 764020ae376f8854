package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.net.http.HttpRequest;

/** Tells the attempt of one call what becomes of the response's body. Immutable. */
record Ending(HttpRequest request, BalancedCall call) {
  /** In the middle of the application's own body: a fault is reported and stays here. */
  void end(Outcome outcome) {
    try {
      Calls.end(request, call, outcome);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** The body waits for the application, or no longer does. */
  void rests(boolean isResting) {
    call.rests(isResting);
  }
}
