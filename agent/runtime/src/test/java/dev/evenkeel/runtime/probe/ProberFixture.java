package dev.evenkeel.runtime.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Prober;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.log.Level;
import dev.evenkeel.runtime.socket.ManualLoop;
import dev.evenkeel.runtime.socket.StandardTls;
import dev.evenkeel.runtime.socket.Threads;
import dev.evenkeel.runtime.socket.TlsContext;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A prober with its results in a queue; proves at the end that no thread is left. */
final class ProberFixture implements AutoCloseable {
  final ManualLoop loop = new ManualLoop();
  final BlockingQueue<Prober.Result> results = new LinkedBlockingQueue<>();
  final HttpProber prober;

  ProberFixture(Ticker ticker, TlsContext tls) {
    AgentLog log = AgentLog.toStandardError(Level.INFO, ticker);
    prober = new HttpProber(loop, ticker, log, tls);
  }

  ProberFixture() {
    this(System::nanoTime, new StandardTls());
  }

  ControlLoop.Cancellable start(String url, Checks check) {
    return start(url, check.spec());
  }

  ControlLoop.Cancellable start(String url, HealthCheckSpec check) {
    return prober.probe(ServerSpec.of(url, 1), check, results::add);
  }

  Prober.Result probe(String url, Checks check) throws InterruptedException {
    return probe(url, check.spec());
  }

  Prober.Result probe(String url, HealthCheckSpec check) throws InterruptedException {
    start(url, check);
    return await(results);
  }

  Prober.Result probe(ServerSpec server) throws InterruptedException {
    return probe(server, Checks.plain().spec());
  }

  Prober.Result probe(ServerSpec server, HealthCheckSpec check) throws InterruptedException {
    prober.probe(server, check, results::add);
    return await(results);
  }

  static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
    T head = queue.poll(30, TimeUnit.SECONDS);
    assertThat(head).as("within 30 s").isNotNull();
    return head;
  }

  static List<Thread> probeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("evenkeel-probe-"))
        .toList();
  }

  @Override
  public void close() {
    prober.close();
    probeThreads().forEach(Threads::join);
    assertThat(results).as("results that nobody took").isEmpty();
    assertThat(loop.scheduled).as("timers left").isEmpty();
  }
}
