package dev.evenkeel.runtime;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.config.Configuration;
import dev.evenkeel.config.Problem;
import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.log.AgentLog;
import java.io.File;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration, applies it if it is sound, and else says every problem and keeps the
 * last good one. Confined to the control thread, but for the accessors, which any thread may call.
 */
final class ConfigurationKeeper {
  /** UTC, as the log's own lines. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** Of what changes while it is read; then the next look finds what has changed since. */
  private static final int MAX_READINGS = 3;

  /** What the keeper is wired to. */
  interface Host {
    /** Takes over the options of a sound configuration, before anything is said of it. */
    void configure(Settings settings);

    /** Puts a sound configuration in force. */
    void apply(BalancerSpec spec);

    /** A configuration was read after the first: {@code text} says what became of it. */
    void reloaded(boolean isApplied, String text);
  }

  private final Supplier<Configuration> reader;
  private final AgentLog log;
  private final Ticker ticker;
  private final Host host;
  private final @Nullable FileWatch watch;

  private volatile @Nullable Instant loadTime;
  private volatile String lastError = "";
  private final AtomicInteger reloadCount = new AtomicInteger();
  private final AtomicInteger refusedCount = new AtomicInteger();
  private boolean isFirst = true;
  private boolean isStopped;

  /**
   * @param file the file or directory to watch; null if the configuration stands in properties
   *     alone
   */
  ConfigurationKeeper(
      Supplier<Configuration> reader,
      @Nullable File file,
      ControlLoop control,
      Ticker ticker,
      AgentLog log,
      Host host) {
    this.reader = reader;
    this.ticker = ticker;
    this.log = log;
    this.host = host;
    this.watch = file == null ? null : new FileWatch(control, ticker, file, this::load);
  }

  /** Reads for the first time, and watches the file from then on. */
  void start() {
    load();
    if (watch != null) {
      watch.start();
    }
  }

  /** Reads nothing any more. */
  void stop() {
    isStopped = true;
    if (watch != null) {
      watch.stop();
    }
  }

  /**
   * Reads and applies, or refuses.
   *
   * @return what became of it: one line per problem, and a line that sums up
   */
  String load() {
    if (isStopped) {
      return "switched off: nothing is read until this JVM ends";
    }
    Configuration read = read();
    if (read.isUsable()) {
      host.configure(read.settings());
    }
    StringBuilder text = new StringBuilder();
    for (Problem problem : read.problems()) {
      text.append(problem).append('\n');
      say(problem.isFatal(), problem.toString());
    }
    String summary = read.isUsable() ? apply(read) : refuse(read);
    text.append(summary);
    if (read.isUsable()) {
      log.info(summary);
    } else {
      log.error(summary);
    }
    lastError = read.isUsable() ? "" : text.toString();
    if (!isFirst) {
      host.reloaded(read.isUsable(), text.toString());
    }
    isFirst = false;
    return text.toString();
  }

  /** All of it as it is at one time: a set of files may be swapped while it is being read. */
  private Configuration read() {
    if (watch == null) {
      return reader.get();
    }
    watch.aboutToRead();
    Configuration read = reader.get();
    for (int readings = 1; readings < MAX_READINGS && watch.hasChanged(); readings++) {
      watch.aboutToRead();
      read = reader.get();
    }
    return read;
  }

  private String apply(Configuration read) {
    boolean isOn = read.settings().isEnabled("enabled");
    host.apply(isOn ? read.spec() : BalancerSpec.EMPTY);
    loadTime = ticker.now();
    reloadCount.addAndGet(isFirst ? 0 : 1);
    int services = read.spec().services().size();
    return "configuration loaded: "
        + services
        + (services == 1 ? " service" : " services")
        + (isOn ? "" : "; evenkeel.enabled is false: all calls are left alone");
  }

  private String refuse(Configuration read) {
    refusedCount.addAndGet(isFirst ? 0 : 1);
    Instant good = loadTime;
    return Problem.count(read.problems().stream().filter(Problem::isFatal).toList())
        + (good == null
            ? "; nothing is balanced, all calls are left alone"
            : "; still using the configuration loaded at " + TIME.format(good));
  }

  private void say(boolean isError, String line) {
    if (isError) {
      log.error(line);
    } else {
      log.warn(line);
    }
  }

  /** When the configuration in force was read; null if none is. */
  @Nullable Instant loadTime() {
    return loadTime;
  }

  /** The problems of the last reading if it was refused, else empty. */
  String lastError() {
    return lastError;
  }

  /** How often a configuration was applied after the first reading. */
  int reloadCount() {
    return reloadCount.get();
  }

  /** How often one was refused after the first reading. */
  int refusedCount() {
    return refusedCount.get();
  }
}
