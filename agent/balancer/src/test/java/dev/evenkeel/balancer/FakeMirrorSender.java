package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirrorBudget;
import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A sender whose calls go out when a test says so. */
final class FakeMirrorSender implements MirrorSender {
  static final int MAX_BYTES = 100_000;
  static final int MAX_COPIES = 4;

  /** What waits. */
  final Queue<MirroredCall> calls = new ArrayDeque<>();

  /** The servers that got a copy, in order. */
  final List<String> servers = new ArrayList<>();

  private final MirrorBudget budget = new MirrorBudget(MAX_BYTES, MAX_COPIES);

  boolean isFull;
  RuntimeException fault;

  @Override
  public MirrorBudget budget() {
    return budget;
  }

  @Override
  public boolean send(MirroredCall call) {
    if (fault != null) {
      throw fault;
    }
    return !isFull && calls.add(call);
  }

  /** Sends what waits, and what that leads to. */
  void run() {
    for (MirroredCall call = calls.poll(); call != null; call = calls.poll()) {
      Exchange exchange = call.open();
      Attempt attempt = exchange.next();
      if (attempt != null) {
        RequestCopy copy = attempt.copy();
        if (copy != null) {
          call.request().repeatTo(copy);
        }
        servers.add(attempt.server().url());
        attempt.answered(200);
        attempt.end(Outcome.COMPLETED);
      }
      call.done();
    }
  }
}
