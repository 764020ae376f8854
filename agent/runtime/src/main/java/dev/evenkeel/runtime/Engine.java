package dev.evenkeel.runtime;

import dev.evenkeel.balancer.BalancerListener;
import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceBalancer;
import dev.evenkeel.balancer.State;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.config.Configuration;
import dev.evenkeel.config.KnownTransports;
import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.dns.BackgroundResolver;
import dev.evenkeel.runtime.jmx.JmxRegistration;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.mirror.HttpMirrorSender;
import dev.evenkeel.runtime.probe.HttpProber;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Balancer, configuration, probes and JMX, wired together. Confined to the control thread.
 *
 * <p>What people ask for over JMX is brought to this thread by {@link EngineControls}.
 */
final class Engine implements BalancerListener, ConfigurationKeeper.Host {
  private static final Duration FIRST_MBEAN_SERVER_DELAY = Duration.ofMillis(50);
  private static final Duration LAST_MBEAN_SERVER_DELAY = Duration.ofSeconds(2);

  /** Longer than calls take to connect. */
  private static final Duration CONNECTING = Duration.ofSeconds(15);

  private final AgentLog log;
  private final AgentRuntime runtime;
  private final ControlThread control;
  private final HttpProber prober;
  private final HttpMirrorSender mirrors;
  private final BackgroundResolver resolver = new BackgroundResolver();
  private final ServiceBalancer balancer;
  private final ConfigurationKeeper configuration;
  private @Nullable JmxRegistration jmx;
  private volatile boolean isOff;

  Engine(Settings settings, AgentLog log, ControlThread control, AgentRuntime runtime) {
    this.log = log;
    this.runtime = runtime;
    this.control = control;
    Ticker ticker = new SystemTicker();
    this.prober = new HttpProber(control, ticker, log);
    this.mirrors = new HttpMirrorSender(control, ticker, log);
    this.balancer =
        new ServiceBalancer(
            control, ticker, new SplittableRandom(), prober, resolver, mirrors, this);
    String file = settings.file();
    KnownTransports transports = new KnownTransports();
    this.configuration =
        new ConfigurationKeeper(
            () -> Configuration.load(settings, transports),
            file == null ? null : new File(file),
            control,
            ticker,
            log,
            this);
  }

  /** Reads the configuration, puts it in force, and goes on watching. */
  void start() {
    configuration.start();
    Evenkeel.install(balancer);
  }

  /** An MBean server is there, or is about to be: registers with it as soon as it can be found. */
  void registerMbeans() {
    if (jmx == null) {
      jmx = new JmxRegistration(new EngineControls(this), log);
      register(jmx, FIRST_MBEAN_SERVER_DELAY);
    }
  }

  private void register(JmxRegistration registration, Duration nextDelay) {
    if (!registration.tryRegister()) {
      Duration doubled = nextDelay.multipliedBy(2);
      boolean isLast = doubled.compareTo(LAST_MBEAN_SERVER_DELAY) > 0;
      control.schedule(
          nextDelay, () -> register(registration, isLast ? LAST_MBEAN_SERVER_DELAY : doubled));
    }
  }

  @Override
  public void configure(Settings settings) {
    Logs.apply(settings, log);
    runtime.configured(settings);
  }

  @Override
  public void apply(BalancerSpec spec) {
    balancer.apply(spec);
  }

  @Override
  public void reloaded(boolean isApplied, String text) {
    if (jmx != null && isApplied) {
      jmx.configurationReloaded(text);
    } else if (jmx != null) {
      jmx.configurationRefused(text);
    }
  }

  @Override
  public void stateChanged(ServerView server, State from, State to) {
    String reason = server.reason().isEmpty() ? "" : ": " + server.reason();
    String line =
        "service " + server.service() + ": " + server.url() + " " + from + " -> " + to + reason;
    if (to == State.DOWN || to == State.EJECTED) {
      log.warn(line);
    } else {
      log.info(line);
    }
    if (jmx != null) {
      jmx.stateChanged(server, from, to);
    }
  }

  @Override
  public void servicesChanged() {
    if (jmx != null) {
      jmx.sync();
    }
  }

  @Override
  public void callLost(String service) {
    log.warnNowAndThen(
        "lost call " + service,
        "a response of service "
            + service
            + " was lost, or left unread for minutes, and never closed: its call is no longer in"
            + " flight");
  }

  @Override
  public void addressesFound(String host, List<String> addresses) {
    log.info(host + ": addresses " + String.join(", ", addresses));
  }

  @Override
  public void lookUpFailed(String host, String reason, List<String> kept) {
    String rest = kept.isEmpty() ? "the name stands for itself" : "it keeps the addresses it has";
    log.warn(host + ": cannot be looked up: " + reason + "; until it can, " + rest);
  }

  @Override
  public void faulted(String where, Throwable fault) {
    runtime.faulted(where, fault);
  }

  /**
   * Leaves all calls alone, at once and until the JVM ends. The hooks are taken out a little later:
   * a call that is being connected when one of them goes would fail.
   */
  void disable() {
    isOff = true;
    Evenkeel.install(Balancer.NONE);
    configuration.stop();
    control.schedule(CONNECTING, runtime::disableInstrumentation);
    balancer.close();
    prober.close();
    resolver.close();
    mirrors.close();
    log.warn("switched off: all calls are left alone until this JVM ends");
  }

  /** Any thread: true once {@link #disable} was called. */
  boolean isOff() {
    return isOff;
  }

  AgentRuntime runtime() {
    return runtime;
  }

  ControlThread control() {
    return control;
  }

  ServiceBalancer balancer() {
    return balancer;
  }

  ConfigurationKeeper configuration() {
    return configuration;
  }
}
