package dev.evenkeel.runtime;

import dev.evenkeel.balancer.BalancerListener;
import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.ServiceBalancer;
import dev.evenkeel.balancer.State;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.config.Configuration;
import dev.evenkeel.config.Settings;
import dev.evenkeel.runtime.log.AgentLog;
import dev.evenkeel.runtime.probe.HttpProber;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Evenkeel;
import java.io.File;
import java.util.SplittableRandom;

/**
 * Balancer, configuration, probes and JMX, wired together. Made and changed on the control thread alone; what people ask
 * for over JMX is brought there. Thread-safe.
 */
final class Engine implements BalancerListener, ConfigurationKeeper.Host {
  private final Settings settings;
  private final AgentLog log;
  private final AgentRuntime runtime;
  private final ControlThread control;
  private final HttpProber prober;
  private final ServiceBalancer balancer;
  private final ConfigurationKeeper configuration;

  Engine(Settings settings, AgentLog log, ControlThread control, AgentRuntime runtime) {
    this.settings = settings;
    this.log = log;
    this.control = control;
    this.runtime = runtime;
    this.prober = new HttpProber(control, System::nanoTime, log);
    this.balancer =
        new ServiceBalancer(control, System::nanoTime, new SplittableRandom(), prober, this);
    String file = settings.get("config");
    this.configuration =
        new ConfigurationKeeper(
            () -> Configuration.load(settings),
            file == null ? null : new File(file),
            control,
            log,
            this);
  }

  /**
   * Where the configuration is, for people.
   *
   * @return empty if there is none
   */
  static String source(Settings settings) {
    String file = settings.get("config");
    boolean hasProperties =
        !settings.startingWith("services.").isEmpty() || !settings.startingWith("http.").isEmpty();
    if (file == null) {
      return hasProperties ? "properties" : "";
    }
    return hasProperties ? file + " and properties" : file;
  }

  /** Reads the configuration, puts it in force, and goes on watching. */
  void start() {
    configuration.start();
    Evenkeel.install(balancer);
  }

  @Override
  public void apply(BalancerSpec spec) {
    balancer.apply(spec);
  }

  @Override
  public void reloaded(boolean isApplied, String text) {}

  @Override
  public void stateChanged(ServerView server, State from, State to) {
    String reason = server.reason();
    String line =
        "service " + server.service() + ": " + server.url() + " " + from + " -> " + to
            + (reason.isEmpty() ? "" : ": " + reason);
    if (to == State.DOWN || to == State.EJECTED) {
      log.warn(line);
    } else {
      log.info(line);
    }
  }

  @Override
  public void servicesChanged() {}

  @Override
  public void faulted(String where, Throwable fault) {
    runtime.faulted(where, fault);
  }

  /** Leaves all calls alone, at once and until the JVM ends. */
  private void disable() {
    Evenkeel.install(Balancer.NONE);
    var instrumenter = runtime.instrumenter();
    if (instrumenter != null) {
      instrumenter.disable();
    }
    balancer.close();
    prober.close();
    log.warn("switched off: all calls are left alone until this JVM ends");
  }
}
