package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.socket.CurrentSocket;
import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.ResponseHead;
import dev.evenkeel.runtime.socket.TlsContext;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One probe and its end. Whoever comes first decides it: the answer, a failure, the deadline or a
 * cancellation; all others find it decided and are silent. Thread-safe.
 */
final class ProbeTask implements Runnable {
  private final ServerSpec server;
  private final HealthCheckSpec check;
  private final Consumer<Prober.Result> done;
  private final ControlLoop deadlines;
  private final Ticker ticker;
  private final AgentLog log;
  private final TlsContext tls;
  private final AtomicBoolean isDecided = new AtomicBoolean();
  private final CurrentSocket socket = new CurrentSocket();

  ProbeTask(
      ServerSpec server,
      HealthCheckSpec check,
      Consumer<Prober.Result> done,
      ControlLoop deadlines,
      Ticker ticker,
      AgentLog log,
      TlsContext tls) {
    this.server = server;
    this.check = check;
    this.done = done;
    this.deadlines = deadlines;
    this.ticker = ticker;
    this.log = log;
    this.tls = tls;
  }

  @Override
  public void run() {
    if (isDecided.get()) {
      return;
    }
    ControlLoop.Cancellable timer = () -> {};
    try {
      timer = deadlines.schedule(check.timeout(), () -> finish(timedOut()));
      finish(ask());
    } catch (Throwable e) {
      fail(e);
    } finally {
      timer.cancel();
      socket.close();
    }
  }

  /** Gives the probe up: its connection is closed, nobody is called. */
  void cancel() {
    isDecided.set(true);
    socket.close();
  }

  /** Ends the probe as unhealthy, unless it has ended. */
  void fail(Throwable thrown) {
    boolean isTimeout = thrown instanceof SocketTimeoutException;
    finish(
        isTimeout
            ? timedOut()
            : new Prober.Result(false, "probe failed: " + FailureText.of(thrown)));
  }

  private Prober.Result ask() throws Exception {
    Deadline deadline = new Deadline(ticker, check.timeout());
    ProbeConnector connector = new ProbeConnector(deadline, socket, tls, server);
    if (check.mode() == HealthCheckSpec.Mode.GRPC) {
      GrpcAnswer answer = new GrpcConversation(check, deadline, connector).ask(server);
      return new Prober.Result(answer.isServing(), "probe answered " + answer.text());
    }
    ResponseHead head = new ProbeConversation(check, deadline, connector).ask(server);
    int status = head.status();
    boolean isHealthy =
        check.status() == 0 ? status >= 200 && status < 400 : status == check.status();
    boolean isOtherThanNamed = !isHealthy && check.status() != 0;
    String expected = isOtherThanNamed ? " (expected: " + check.status() + ")" : "";
    String wordHeader = check.weightHeader();
    String word = wordHeader == null ? null : head.header(wordHeader);
    Prober.Answer answer = new Prober.Answer(status, head.header("Retry-After"), word);
    return new Prober.Result(isHealthy, "probe answered " + status + expected, answer);
  }

  private Prober.Result timedOut() {
    return new Prober.Result(false, "probe timed out after " + FailureText.of(check.timeout()));
  }

  private void finish(Prober.Result result) {
    if (!isDecided.compareAndSet(false, true)) {
      return;
    }
    socket.close();
    try {
      done.accept(result);
    } catch (Throwable e) {
      log.fault("probe", "fault while reporting a probe of " + server.url(), e);
    }
  }
}
