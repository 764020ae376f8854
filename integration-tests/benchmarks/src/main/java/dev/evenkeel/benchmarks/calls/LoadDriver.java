package dev.evenkeel.benchmarks.calls;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Sends many calls in a closed loop and measures them: an application that knows nothing of
 * evenkeel. Not thread-safe; one per JVM.
 */
public final class LoadDriver {
  private static final int DIGITS = 3;

  private final CallClient client;
  private final String url;
  private final int threads;
  private final long proxyPid;

  private LoadDriver(CallClient client, String url, int threads, long proxyPid) {
    this.client = client;
    this.url = url;
    this.threads = threads;
    this.proxyPid = proxyPid;
  }

  /**
   * Prints one line, as {@link Measured} reads it.
   *
   * @param args client library, URL, threads, calls before measuring, calls to measure, and the
   *     process id of the proxy or 0
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    LoadDriver driver =
        new LoadDriver(
            CallClient.of(args[0]), args[1], Integer.parseInt(args[2]), Long.parseLong(args[5]));
    driver.measure(Integer.parseInt(args[3]));
    System.out.println(driver.measure(Integer.parseInt(args[4])));
    // The clients' own threads may keep a JVM alive for a minute.
    System.exit(0);
  }

  private Measured measure(int calls) throws InterruptedException, ExecutionException {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long proxyCpu = proxyCpuNanos();
    long cpu = process.getProcessCpuTime();
    Map<Long, Long> bytes = bytesByThread();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    long begin = System.nanoTime();
    List<Tally> tallies = run(calls, executor);
    long nanos = System.nanoTime() - begin;
    cpu = process.getProcessCpuTime() - cpu;
    proxyCpu = proxyCpuNanos() - proxyCpu;
    Map<Long, Long> allocated = bytesByThread();
    allocated.replaceAll((thread, sum) -> sum - bytes.getOrDefault(thread, 0L));
    executor.shutdown();

    Tally total = new Tally();
    tallies.forEach(total::add);
    return new Measured(
        calls * 1e9 / nanos,
        total.nanos.getValueAtPercentile(50) / 1e3,
        total.nanos.getValueAtPercentile(99) / 1e3,
        cpu / 1e3 / calls,
        proxyCpu / 1e3 / calls,
        (double) allocated.values().stream().mapToLong(Long::longValue).sum() / calls,
        total.servers[0],
        total.servers[1],
        total.servers[2]);
  }

  /** The proxy's master process and its workers. */
  private long proxyCpuNanos() {
    if (proxyPid == 0) {
      return 0;
    }
    ProcessHandle proxy = ProcessHandle.of(proxyPid).orElseThrow();
    return Stream.concat(Stream.of(proxy), proxy.descendants())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToLong(Duration::toNanos)
        .sum();
  }

  /** Of the threads that live; those that call and a client's own live as long as it measures. */
  private static Map<Long, Long> bytesByThread() {
    ThreadMXBean memory = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    Map<Long, Long> bytes = new HashMap<>();
    for (long thread : memory.getAllThreadIds()) {
      bytes.put(thread, memory.getThreadAllocatedBytes(thread));
    }
    return bytes;
  }

  private List<Tally> run(int calls, ExecutorService executor)
      throws InterruptedException, ExecutionException {
    List<Callable<Tally>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int share = calls / threads + (thread < calls % threads ? 1 : 0);
      tasks.add(() -> call(share));
    }
    List<Tally> tallies = new ArrayList<>();
    for (Future<Tally> done : executor.invokeAll(tasks)) {
      tallies.add(done.get());
    }
    return tallies;
  }

  private Tally call(int calls) throws IOException {
    Tally tally = new Tally();
    for (int i = 0; i < calls; i++) {
      long begin = System.nanoTime();
      String body = client.get(url);
      tally.nanos.recordValue(System.nanoTime() - begin);
      tally.servers[Integer.parseInt(body) - 1]++;
    }
    return tally;
  }

  /** Not thread-safe; one per thread. */
  private static final class Tally {
    private final Histogram nanos = new Histogram(DIGITS);
    private final long[] servers = new long[3];

    private void add(Tally other) {
      nanos.add(other.nanos);
      for (int i = 0; i < servers.length; i++) {
        servers[i] += other.servers[i];
      }
    }
  }
}
