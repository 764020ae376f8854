package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A prober whose probes a test answers. */
final class FakeProber implements Prober {
  /** All probes ever started, in order. */
  final List<Probe> probes = new ArrayList<>();

  /** Thrown by the next probes, if set. */
  RuntimeException fault;

  private final FakeTicker ticker;

  static final class Probe {
    final String url;
    final HealthCheckSpec check;
    final long startNanos;
    final Consumer<Result> done;
    boolean isCancelled;
    boolean isAnswered;

    Probe(String url, HealthCheckSpec check, long startNanos, Consumer<Result> done) {
      this.url = url;
      this.check = check;
      this.startNanos = startNanos;
      this.done = done;
    }

    void answer(boolean isHealthy, String text) {
      answer(new Result(isHealthy, text, null));
    }

    void answer(Result result) {
      isAnswered = true;
      done.accept(result);
    }
  }

  FakeProber(FakeTicker ticker) {
    this.ticker = ticker;
  }

  @Override
  public ControlLoop.Cancellable probe(
      ServerSpec server, HealthCheckSpec check, Consumer<Result> done) {
    if (fault != null) {
      throw fault;
    }
    Probe probe = new Probe(server.url(), check, ticker.nanos(), done);
    probes.add(probe);
    return () -> probe.isCancelled = true;
  }

  List<Probe> underWay() {
    return probes.stream().filter(probe -> !probe.isAnswered && !probe.isCancelled).toList();
  }

  /** The newest probe of a server. */
  Probe last(String url) {
    return probes.stream()
        .filter(probe -> probe.url.equals(url))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new AssertionError(url + " was never probed"));
  }

  long countOf(String url) {
    return probes.stream().filter(probe -> probe.url.equals(url)).count();
  }
}
