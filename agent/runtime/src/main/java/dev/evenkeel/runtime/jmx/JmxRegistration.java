package dev.evenkeel.runtime.jmx;

import dev.evenkeel.balancer.ServerView;
import dev.evenkeel.balancer.State;
import dev.evenkeel.runtime.log.AgentLog;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Registers our MBeans in the platform's MBean server once somebody else has created it: the
 * application, its container, or a console that attaches. It never creates one: that would start
 * the application's MBean server builder and log manager before their time.
 *
 * <p>Where the JVM's image lacks the module {@code java.management}, nothing is ever registered: no
 * class of {@code javax.management} is needed to load this one. Thread-safe.
 */
public final class JmxRegistration implements AutoCloseable {
  private final AgentControls controls;
  private final AgentLog log;
  private @Nullable Beans beans;
  private boolean isClosed;

  /** Registers nothing yet. */
  public JmxRegistration(AgentControls controls, AgentLog log) {
    this.controls = controls;
    this.log = log;
  }

  /**
   * Looks for the platform's MBean server and registers all our beans there. Other MBean servers
   * are an application's private ones and stay as they are.
   *
   * @return true if our beans are registered now; false if the server does not exist yet, to be
   *     tried again later. {@link MBeanServerFactory#findMBeanServer} copies a list and does
   *     nothing else, on JDK 17 and 25.
   */
  public synchronized boolean tryRegister() {
    if (beans != null) {
      return true;
    }
    MBeanServer server = isClosed ? null : findPlatformServer();
    if (server == null) {
      return false;
    }
    Beans registered = new Beans(server, controls, log);
    if (!registered.registerAll(controls.services())) {
      return false;
    }
    beans = registered;
    return true;
  }

  /** Registers new services and servers, and unregisters those gone; nothing before the first. */
  public synchronized void sync() {
    if (beans != null) {
      beans.sync(controls.services());
    }
  }

  /** Tells listeners that a server's state changed. */
  public synchronized void stateChanged(ServerView server, State from, State to) {
    if (beans != null) {
      beans.notifications().stateChanged(server, from, to);
    }
  }

  /** Tells listeners that a configuration was put in force. */
  public synchronized void configurationReloaded(String text) {
    if (beans != null) {
      beans.notifications().reloaded(text);
    }
  }

  /** Tells listeners that a configuration was refused, with all its problems. */
  public synchronized void configurationRefused(String text) {
    if (beans != null) {
      beans.notifications().refused(text);
    }
  }

  /** Unregisters everything, for good. */
  @Override
  public synchronized void close() {
    isClosed = true;
    if (beans != null) {
      beans.unregisterAll();
      beans = null;
    }
  }

  private static @Nullable MBeanServer findPlatformServer() {
    try {
      for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
        if (server.isRegistered(Names.platformRuntime())) {
          return server;
        }
      }
      return null;
    } catch (NoClassDefFoundError e) {
      return null; // an image without the module java.management
    }
  }
}
