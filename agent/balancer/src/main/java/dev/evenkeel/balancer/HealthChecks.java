package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.spi.ServerTls;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Probes every server that has a health check: at once when it is new, then every {@code interval},
 * or {@code unhealthyInterval} while it is down or ejected, with a jitter of a tenth either way, so
 * that many processes do not probe in step.
 *
 * <p>At most {@value #MAX_IN_FLIGHT} probes are under way in the process, and one per server; the
 * others wait in a queue. A probe whose server left, or whose check or TLS changed, is cancelled,
 * and what it still says is ignored. Intervals count from the start of a probe to the start of the
 * next. Confined to the control thread.
 */
final class HealthChecks {
  static final int MAX_IN_FLIGHT = 16;
  static final double JITTER = 0.1;

  /** What a prober gets beyond the check's timeout before it is given up. */
  static final Duration GRACE = Duration.ofSeconds(1);

  private final ControlLoop loop;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Prober prober;
  private final BalancerListener listener;
  private final Verdicts verdicts;
  private final Queue<Check> due = new ArrayDeque<>();
  private Map<ServerState, Check> checks = Map.of();
  private int inFlight;

  /** Hears of every probe. Called on the control thread. */
  interface Verdicts {
    /**
     * A probe was answered, or gave no answer in time.
     *
     * @param startNanos when it began
     */
    void probed(ServerState server, Prober.Result result, long startNanos);
  }

  /**
   * Checks nothing yet.
   *
   * @param verdicts told of every probe that was answered, or that gave no answer in time
   */
  HealthChecks(
      ControlLoop loop,
      Ticker ticker,
      RandomGenerator random,
      Prober prober,
      BalancerListener listener,
      Verdicts verdicts) {
    this.loop = loop;
    this.ticker = ticker;
    this.random = random;
    this.prober = prober;
    this.listener = listener;
    this.verdicts = verdicts;
  }

  /** Checks exactly the servers of these services. Checks that stay keep their timers. */
  void reconcile(Collection<LoadBalancerState> services) {
    Map<ServerState, Check> before = checks;
    checks = new LinkedHashMap<>();
    for (LoadBalancerState service : services) {
      HealthCheckSpec spec = service.spec().healthCheck();
      if (spec != null) {
        service.serverStates().forEach(server -> keepOrStart(before.get(server), server, spec));
      }
    }
    before.values().stream()
        .filter(check -> checks.get(check.server) != check)
        .forEach(Check::cancel);
    startDue();
  }

  /** A server went out for what calls said: it is probed as one that is out from now on. */
  void reschedule(ServerState server) {
    Check check = checks.get(server);
    if (check != null) {
      check.reschedule();
    }
  }

  private void keepOrStart(@Nullable Check known, ServerState server, HealthCheckSpec spec) {
    if (known != null && known.spec.equals(spec) && known.tls == server.spec().tls()) {
      checks.put(server, known);
    } else {
      Check check = new Check(server, spec);
      checks.put(server, check);
      check.isQueued = true;
      due.add(check);
    }
  }

  private void startDue() {
    while (inFlight < MAX_IN_FLIGHT && !due.isEmpty()) {
      Check check = due.remove();
      if (!check.isCancelled) {
        check.start();
      }
    }
  }

  /** The probes of one server, one after the other. Confined to the control thread. */
  private final class Check {
    private final ServerState server;
    private final HealthCheckSpec spec;
    private final @Nullable ServerTls tls;
    private boolean isCancelled;
    private boolean isQueued;
    private @Nullable Run run;
    private ControlLoop.@Nullable Cancellable nextStart;

    Check(ServerState server, HealthCheckSpec spec) {
      this.server = server;
      this.spec = spec;
      this.tls = server.spec().tls();
    }

    void start() {
      isQueued = false;
      inFlight++;
      Run started = new Run(ticker.nanos());
      run = started;
      started.deadline = loop.schedule(spec.timeout().plus(GRACE), () -> answered(started, null));
      try {
        started.probe =
            prober.probe(
                server.spec(), itsCheck(), result -> loop.execute(() -> answered(started, result)));
      } catch (Throwable fault) {
        listener.faulted("prober", fault);
        end(started);
        scheduleNext(started);
      }
    }

    /** A server that is one address of a name is asked by its name. */
    private HealthCheckSpec itsCheck() {
      ServerSpec itself = server.spec();
      boolean isNamed = !itself.name().equals(itself.host()) && spec.hostname() == null;
      if (!isNamed) {
        return spec;
      }
      return spec.withHostname(
          spec.port() == 0 ? itself.authority() : itself.name() + ":" + spec.port());
    }

    /**
     * A probe has its result.
     *
     * @param result null: it gave none in time
     */
    private void answered(Run answered, Prober.@Nullable Result result) {
      if (run != answered) {
        return;
      }
      end(answered);
      if (result == null) {
        giveUp(answered);
      }
      verdicts.probed(
          server,
          result == null ? new Prober.Result(false, "probe did not answer") : result,
          answered.startNanos);
      scheduleNext(answered);
      startDue();
    }

    private void end(Run ended) {
      run = null;
      inFlight--;
      cancel(ended.deadline);
    }

    private void giveUp(Run ended) {
      try {
        cancel(ended.probe);
      } catch (Throwable fault) {
        listener.faulted("prober", fault);
      }
    }

    private void scheduleNext(Run last) {
      long sinceStart = ticker.nanos() - last.startNanos;
      long delay = Math.max(0, jitteredIntervalNanos() - sinceStart);
      nextStart = loop.schedule(Duration.ofNanos(delay), this::isDue);
    }

    private long jitteredIntervalNanos() {
      boolean isOut = server.state() == State.DOWN || server.state() == State.EJECTED;
      Duration interval = isOut ? spec.unhealthyInterval() : spec.interval();
      return (long) (interval.toNanos() * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }

    /** Something else than a probe changed the server: its next probe is due by the new state. */
    void reschedule() {
      if (run == null && !isQueued) {
        cancel(nextStart);
        nextStart = loop.schedule(Duration.ofNanos(jitteredIntervalNanos()), this::isDue);
      }
    }

    private void isDue() {
      if (!isCancelled) {
        isQueued = true;
        due.add(this);
        startDue();
      }
    }

    void cancel() {
      isCancelled = true;
      cancel(nextStart);
      Run underWay = run;
      if (underWay != null) {
        end(underWay);
        giveUp(underWay);
      }
    }

    private void cancel(ControlLoop.@Nullable Cancellable cancellable) {
      if (cancellable != null) {
        cancellable.cancel();
      }
    }
  }

  /** One probe under way. Confined to the control thread. */
  private static final class Run {
    private final long startNanos;
    private ControlLoop.@Nullable Cancellable deadline;
    private ControlLoop.@Nullable Cancellable probe;

    Run(long startNanos) {
      this.startNanos = startNanos;
    }
  }
}
