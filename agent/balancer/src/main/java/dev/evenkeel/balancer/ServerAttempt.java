package dev.evenkeel.balancer;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One try of an exchange on one server. It goes from begun to answered to ended, or straight from
 * begun to ended, and never back: each step is one compare-and-set, so that what is counted is
 * counted once, whichever threads report it. Thread-safe.
 */
final class ServerAttempt implements Attempt {
  private static final AtomicIntegerFieldUpdater<ServerAttempt> PHASE =
      AtomicIntegerFieldUpdater.newUpdater(ServerAttempt.class, "phase");
  private static final int BEGUN = 0;
  private static final int ANSWERED = 1;
  private static final int ENDED = 2;

  private final ServerState state;
  private final ServiceState service;
  private final @Nullable SetCookie setCookies;
  private final Server server;
  private final Ticker ticker;
  private final long beginNanos;

  @SuppressWarnings("UnusedVariable") // PHASE reads it
  private volatile int phase = BEGUN;

  private ServerAttempt(
      ServerState state, ServiceState service, @Nullable SetCookie setCookies, Ticker ticker) {
    this.state = state;
    this.service = service;
    this.setCookies = setCookies;
    this.server = state.server();
    this.ticker = ticker;
    this.beginNanos = ticker.nanos();
  }

  static ServerAttempt begin(
      ServerState state, ServiceState service, @Nullable SetCookie setCookies, Ticker ticker) {
    ServerAttempt attempt = new ServerAttempt(state, service, setCookies, ticker);
    state.attemptBegins();
    return attempt;
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public @Nullable SetCookie setCookies() {
    return setCookies;
  }

  @Override
  public void answered(int status) {
    if (PHASE.compareAndSet(this, BEGUN, ANSWERED)) {
      state.headersArrived(ticker.nanos() - beginNanos);
    }
  }

  @Override
  public void end(Outcome outcome) {
    if (PHASE.getAndSet(this, ENDED) == ENDED) {
      return;
    }
    state.attemptEnds(outcome == Outcome.CONNECT_FAILED || outcome == Outcome.IO_FAILED);
    if (outcome == Outcome.IO_FAILED) {
      service.exchangeFailed();
      if (state.owner() != service) {
        state.owner().exchangeFailed();
      }
    }
  }

  @Override
  public Attempt again() {
    return begin(state, service, setCookies, ticker);
  }
}
