package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.RequestReader;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The balancer of one JVM: opens an exchange for each call to a balanced service, from the one
 * snapshot in force.
 *
 * <p>Request threads read that snapshot and count; they never lock, block, parse or allocate a
 * collection. The methods that change something belong to the thread of the {@link ControlLoop},
 * and are in force when they return. Thread-safe, except for the methods that are said to be the
 * control thread's.
 */
public final class ServiceBalancer implements Balancer {
  private final GuardedListener listener;
  private final ServiceRegistry registry;
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  /** As the other, but every name of a server stands for itself. */
  public ServiceBalancer(
      ControlLoop loop,
      Ticker ticker,
      RandomGenerator random,
      Prober prober,
      MirrorSender mirrors,
      BalancerListener listener) {
    this(loop, ticker, random, prober, (host, done) -> {}, mirrors, listener);
  }

  /**
   * Balances nothing until {@link #apply}.
   *
   * @param loop runs what this balancer has to do by itself
   * @param random for first tickets and jitter; used by the control thread only
   * @param listener its own exceptions are counted as faults and go no further
   */
  public ServiceBalancer(
      ControlLoop loop,
      Ticker ticker,
      RandomGenerator random,
      Prober prober,
      Resolver resolver,
      MirrorSender mirrors,
      BalancerListener listener) {
    this.listener = new GuardedListener(listener);
    registry =
        new ServiceRegistry(
            loop,
            ticker,
            random,
            prober,
            resolver,
            mirrors,
            this.listener,
            published -> snapshot = published);
  }

  @Override
  public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
    try {
      Service service = snapshot.service(host);
      return service == null ? null : ServiceExchange.open(service, request, reader);
    } catch (Throwable fault) {
      fault("balancer", fault);
      return null;
    }
  }

  @Override
  public void fault(String adapter, Throwable fault) {
    listener.faulted(adapter, fault);
  }

  /** How many calls went out unchanged, or tasks were given up, for a fault of the agent's own. */
  public long faults() {
    return listener.faults();
  }

  /**
   * Puts a configuration in force. Servers whose service and URL stay keep all their state. Control
   * thread.
   */
  public void apply(BalancerSpec spec) {
    registry.apply(spec);
  }

  /** Stops probing and leaves all calls alone from now on. Control thread. */
  public void close() {
    registry.close();
  }

  /**
   * Sets a server's weight, until {@link #resetWeight} and over reloads. Control thread.
   *
   * @param weight 0..65535
   * @throws IllegalArgumentException if there is no such service or server, or no such weight
   */
  public void setWeight(String service, String url, int weight) {
    registry.setWeight(service, url, weight);
  }

  /**
   * Gives a server its configured weight back. Control thread.
   *
   * @throws IllegalArgumentException if there is no such service or server
   */
  public void resetWeight(String service, String url) {
    registry.resetWeight(service, url);
  }

  /**
   * Takes new sessions and calls without a session away from a server. Control thread.
   *
   * @throws IllegalArgumentException if there is no such service or server
   */
  public void fence(String service, String url) {
    registry.fence(service, url);
  }

  /**
   * As {@link #fence}, and after a while takes its sessions away as well: they move at their next
   * call. Counts from now. Control thread.
   *
   * @param time 0 or more
   * @throws IllegalArgumentException if there is no such service or server, or the time is negative
   */
  public void drain(String service, String url, Duration time) {
    registry.drain(service, url, time);
  }

  /**
   * Takes a fence or drain away. Control thread.
   *
   * @throws IllegalArgumentException if there is no such service or server
   */
  public void unfence(String service, String url) {
    registry.unfence(service, url);
  }

  /**
   * Forgets the sticky sessions of a service that this process remembers. Control thread.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public void clearSessions(String service) {
    registry.clearSessions(service);
  }

  /** The attempts under way. */
  OpenAttempts openAttempts() {
    return registry.openAttempts();
  }

  /** In the order of the configuration. The views stay live. */
  public List<ServiceView> services() {
    return snapshot.views();
  }

  /**
   * Says where a call would go, for people: the service, the servers with their shares of the
   * turns, and why the others have none; or that the call is left alone.
   */
  public String explain(String method, String url) {
    return Explanation.of(snapshot, method, url);
  }
}
