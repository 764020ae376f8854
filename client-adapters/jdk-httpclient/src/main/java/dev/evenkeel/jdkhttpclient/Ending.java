package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.net.http.HttpRequest;

/** Ends the attempt of one call, once. Immutable. */
record Ending(HttpRequest request, BalancedCall call) {
  void end(Outcome outcome) {
    Calls.end(request, call, outcome);
  }
}
