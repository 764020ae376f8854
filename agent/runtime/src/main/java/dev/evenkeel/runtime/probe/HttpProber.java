package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.socket.AgentThreadFactory;
import dev.evenkeel.runtime.socket.StandardTls;
import dev.evenkeel.runtime.socket.TlsContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends probes over plain sockets, on at most {@value #MAX_THREADS} daemon threads that end when
 * idle. Source of what a probe asks and how it is judged: Traefik's HTTP health check.
 *
 * <p>The timeout is one deadline from the first name look-up or connection to the end of the final
 * response's headers, redirects included: every connect and read is bounded by what is left of it,
 * and at the deadline the connection is closed from outside, so that neither a name server that
 * does not answer nor a server that sends one byte a second outlives it. A probe's wait for a
 * thread does not count. Thread-safe.
 */
public final class HttpProber implements Prober, AutoCloseable {
  static final int MAX_THREADS = 16;

  private static final long IDLE_SECONDS = 10;

  private final ControlLoop deadlines;
  private final Ticker ticker;
  private final AgentLog log;
  private final TlsContext tls;
  private final ThreadPoolExecutor threads;

  /**
   * @param deadlines what ends a probe at its deadline
   * @param log hears when a caller's {@code done} throws
   */
  public HttpProber(ControlLoop deadlines, Ticker ticker, AgentLog log) {
    this(deadlines, ticker, log, new StandardTls());
  }

  HttpProber(ControlLoop deadlines, Ticker ticker, AgentLog log, TlsContext tls) {
    this.deadlines = deadlines;
    this.ticker = ticker;
    this.log = log;
    this.tls = tls;
    this.threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new AgentThreadFactory("probe"),
            new ThreadPoolExecutor.DiscardPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public ControlLoop.Cancellable probe(
      ServerSpec server, HealthCheckSpec check, Consumer<Result> done) {
    ProbeTask task = new ProbeTask(server, check, done, deadlines, ticker, log, tls);
    try {
      threads.execute(task);
    } catch (Throwable e) {
      task.fail(e); // no thread to be had: the caller must hear of it, or it never probes again
    }
    return () -> {
      task.cancel();
      threads.remove(task);
    };
  }

  /** Ends idle threads now and the others after their probe; later probes are given up at once. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
