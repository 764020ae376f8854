package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServiceView;
import dev.evenkeel.runtime.instrument.AdapterStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the MBeans show and change. Called on the threads of JMX consoles, and on the control thread
 * by listeners of the application's own: what changes something is in force when it returns, so on
 * the control thread it must do its work there and not wait for it. Thread-safe.
 */
public interface AgentControls {
  /** The agent's own version. */
  String version();

  /** Where the configuration comes from, as a file's path; empty if there is none. */
  String configurationSource();

  /** When the configuration in force was loaded; null before the first. */
  @Nullable Instant loadTime();

  /** All problems of the last configuration refused; empty if the last one was accepted. */
  String lastError();

  /** Configurations put in force after the first. */
  long reloadCount();

  /** Configurations refused after the first. */
  long refusedReloadCount();

  /** Calls that went out unchanged because of a fault of the agent's own. */
  long failOpenCount();

  /** One line per adapter and copy of its library; one line for an adapter that waits for one. */
  List<AdapterStatus> adapters();

  /**
   * Reads the configuration again and puts it in force if it is good.
   *
   * @return the outcome for people, all problems included
   */
  String reload();

  /**
   * What would become of a call.
   *
   * @param method as {@code GET}
   * @param url not blank, absolute
   * @return several lines for people: the service, and its servers with shares and reasons
   * @throws IllegalArgumentException if the URL cannot be parsed
   */
  String explain(String method, String url);

  /** Turns the agent off until the JVM ends: all calls go out unchanged. */
  void disable();

  /** All services in force, in configured order. */
  List<ServiceView> services();

  /**
   * Sets a weight until {@link #resetWeight}; reloads keep it.
   *
   * @param weight 0..65535
   * @throws IllegalArgumentException if there is no such server
   */
  void setWeight(String service, String url, int weight);

  /**
   * Goes back to the configured weight.
   *
   * @throws IllegalArgumentException if there is no such server
   */
  void resetWeight(String service, String url);

  /**
   * Forgets the sticky sessions of a service that this process remembers.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  void clearSessions(String service);

  /**
   * Takes no new sessions on a server.
   *
   * @throws IllegalArgumentException if there is no such server
   */
  void fence(String service, String url);

  /**
   * Takes no new sessions on a server, and from a deadline on none of the old ones either.
   *
   * @param time until the deadline, from now; 0 or more
   * @throws IllegalArgumentException if there is no such server
   */
  void drain(String service, String url, Duration time);

  /**
   * Ends {@link #fence} and {@link #drain}.
   *
   * @throws IllegalArgumentException if there is no such server
   */
  void unfence(String service, String url);
}
