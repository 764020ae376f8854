package dev.evenkeel.runtime;

import dev.evenkeel.config.Configuration;
import dev.evenkeel.config.Problem;
import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.instrument.AdapterStatus;
import dev.evenkeel.runtime.instrument.Instrumenter;
import dev.evenkeel.runtime.log.AgentLog;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The agent from premain on. It sleeps, without a thread, until a client library or an MBean server
 * shows up; then the control thread starts and builds the {@link Engine}, and from there on
 * everything changes on that thread alone. Thread-safe.
 */
final class AgentRuntime implements Instrumenter.Host {
  /** How long the first call waits for the configuration before it goes out unbalanced. */
  private static final long CONFIGURATION_SECONDS = 10;

  private final String version;
  private final AgentLog log;
  private final LongAdder failOpens = new LongAdder();
  private final CountDownLatch configured = new CountDownLatch(1);

  /** Made here, in premain, though it runs later: a thread inherits much from whoever makes it. */
  private final ControlThread control =
      new ControlThread(fault -> faulted("control thread", fault));

  private volatile @Nullable Instrumenter instrumenter;
  private volatile Settings settings;
  private volatile boolean isMbeanServerSeen;
  private volatile boolean isWaitOver;

  /**
   * True between something that wants the control thread and the moment from which threads may run.
   */
  private volatile boolean isPending;

  private boolean mayRunThreads;
  private boolean isStarted;

  /** Confined to the control thread. */
  private @Nullable Engine engine;

  AgentRuntime(String version, Settings settings, AgentLog log) {
    this.version = version;
    this.settings = settings;
    this.log = log;
  }

  /**
   * Everything is in place: from the next event on, threads may run.
   *
   * @param isStartedNow true in a JVM whose main method has begun
   */
  void installed(Instrumenter made, boolean isStartedNow) {
    instrumenter = made;
    if (source().isEmpty()) {
      for (Problem problem : Configuration.optionProblems(settings)) {
        log.warn(problem.toString());
      }
      log.warn(
          "version "
              + version
              + " attached, but there is nothing to balance (expected:"
              + " -Devenkeel.config=<file> or -Devenkeel.services.<name>=<servers>): all calls are"
              + " left alone");
    } else {
      log.info("version " + version + " attached, configuration: " + source());
    }
    synchronized (this) {
      mayRunThreads = true;
    }
    if (isStartedNow) {
      start();
    }
  }

  @Override
  public boolean isEnabled(String adapter) {
    return !source().isEmpty() && settings.isEnabled("adapters." + adapter + ".enabled");
  }

  @Override
  public void targetSeen() {
    wantThread();
  }

  @Override
  public void mbeanServerSeen() {
    isMbeanServerSeen = true;
    boolean isRunning;
    synchronized (this) {
      isRunning = isStarted;
    }
    if (isRunning) {
      control.execute(this::registerMbeans);
    } else {
      wantThread();
    }
  }

  @Override
  public void otherSeen() {
    if (isPending) {
      wantThread();
    }
  }

  @Override
  public void awaitConfiguration() {
    start();
    if (configured.getCount() == 0 || isWaitOver || control.isCurrent()) {
      return;
    }
    try {
      if (!configured.await(CONFIGURATION_SECONDS, TimeUnit.SECONDS)) {
        isWaitOver = true;
        log.warn("the configuration is not read yet: calls go out unbalanced until it is");
      }
    } catch (InterruptedException interrupted) {
      // The call's own business: it goes out, and meets its interrupt.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void unsupported(AdapterStatus status) {
    String version = status.libraryVersion();
    log.warn(
        status.name()
            + (version == null ? "" : " " + version)
            + ": not supported ("
            + status.detail()
            + "), its calls are left alone");
  }

  @Override
  public void faulted(String where, Throwable fault) {
    failOpens.increment();
    log.fault(where, "fault in " + where + ", the application goes on without us: " + fault, fault);
  }

  private void wantThread() {
    synchronized (this) {
      if (!mayRunThreads) {
        isPending = true;
        return;
      }
    }
    start();
  }

  private void start() {
    synchronized (this) {
      isPending = false;
      if (isStarted) {
        return;
      }
      isStarted = true;
    }
    control.execute(this::run);
  }

  private void run() {
    try {
      engine = new Engine(settings, log, control, this);
      engine.start();
    } finally {
      configured.countDown();
      if (isMbeanServerSeen) {
        registerMbeans();
      }
    }
  }

  private void registerMbeans() {
    if (engine != null) {
      engine.registerMbeans();
    }
  }

  /** The options with those of the file. */
  void configured(Settings withFile) {
    settings = withFile;
  }

  /** Gives the hooked classes their own code back. */
  void disableInstrumentation() {
    Instrumenter installed = instrumenter;
    if (installed != null) {
      installed.disable();
    }
  }

  /** One entry per adapter and copy of its library. */
  List<AdapterStatus> adapters() {
    Instrumenter installed = instrumenter;
    return installed == null ? List.of() : installed.statuses();
  }

  /** How often the agent failed open. */
  long failOpens() {
    return failOpens.sum();
  }

  String version() {
    return version;
  }

  /** Where the configuration is, for people; empty if there is none. */
  String source() {
    return settings.source();
  }
}
