package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.net.http.HttpRequest;

/** Ends the attempt of one call, once. Immutable. */
record Ending(HttpRequest request, BalancedCall call) {
  /** In the middle of the application's own body: a fault is reported and stays here. */
  void end(Outcome outcome) {
    try {
      Calls.end(request, call, outcome);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
