package dev.evenkeel.balancer;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Changes what servers are, and lets pass what passes by itself: after every change a server says
 * when it will change again, and one timer per server waits for that. Confined to the control
 * thread, except for what {@link ServerEvents} has.
 */
final class ServerChanges implements ServerEvents {
  private final ControlLoop loop;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final BiConsumer<ServerState, State> changed;
  private Map<ServerState, Timer> timers = new LinkedHashMap<>();

  /**
   * Knows no server yet.
   *
   * @param changed told of every server that is in another condition, with its state before
   */
  ServerChanges(
      ControlLoop loop,
      Ticker ticker,
      RandomGenerator random,
      BiConsumer<ServerState, State> changed) {
    this.loop = loop;
    this.ticker = ticker;
    this.random = random;
    this.changed = changed;
  }

  /** Settles exactly the servers of these services, and forgets the others. Tells nobody. */
  void reconcile(Collection<LoadBalancerState> services) {
    Map<ServerState, Timer> before = timers;
    timers = new LinkedHashMap<>();
    for (LoadBalancerState service : services) {
      for (ServerState server : service.serverStates()) {
        Timer known = before.remove(server);
        Timer timer = known == null ? new Timer(server) : known;
        timers.put(server, timer);
        timer.settle();
      }
    }
    before.values().forEach(Timer::cancel);
  }

  /** Makes a change, and tells of what follows from it; does nothing for a server that left. */
  void make(ServerState server, Runnable change) {
    Timer timer = timers.get(server);
    if (timer == null) {
      return;
    }
    Condition before = server.condition();
    change.run();
    timer.settle();
    if (!server.condition().equals(before)) {
      changed.accept(server, before.state());
    }
  }

  @Override
  public void callsFailed(ServerState server, String cause) {
    loop.execute(() -> make(server, () -> server.callsFailed(cause, ticker.nanos(), chance())));
  }

  @Override
  public void trialEnded(ServerState server, @Nullable String failure) {
    loop.execute(() -> make(server, () -> server.trialEnded(failure, ticker.nanos(), chance())));
  }

  @Override
  public void saidBusy(ServerState server) {
    loop.execute(() -> make(server, () -> server.saidBusy(ticker.nanos(), ticker.now())));
  }

  private double chance() {
    return 2 * random.nextDouble() - 1;
  }

  /** Waits for what one server does by itself. Confined to the control thread. */
  private final class Timer {
    private final ServerState server;
    private ControlLoop.@Nullable Cancellable next;
    private long dueNanos;

    Timer(ServerState server) {
      this.server = server;
    }

    void settle() {
      long now = ticker.nanos();
      long remaining = server.settle(now);
      if (remaining == Standing.NEVER) {
        cancel();
      } else if (next == null || dueNanos != now + remaining) {
        cancel();
        dueNanos = now + remaining;
        next = loop.schedule(Duration.ofNanos(remaining), this::isDue);
      }
    }

    private void isDue() {
      next = null;
      make(server, () -> {});
    }

    void cancel() {
      if (next != null) {
        next.cancel();
        next = null;
      }
    }
  }
}
