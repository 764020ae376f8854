package dev.evenkeel.runtime.socket;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the daemon threads {@code evenkeel-<kind>-<n>}. They inherit nothing of the application:
 * neither its context class loader, which they would keep alive, nor its inheritable thread locals.
 * Thread-safe.
 */
public final class AgentThreadFactory implements ThreadFactory {
  private final String prefix;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * For threads of one kind.
   *
   * @param kind as in the name
   */
  public AgentThreadFactory(String kind) {
    prefix = "evenkeel-" + kind + "-";
  }

  @Override
  public Thread newThread(Runnable task) {
    String name = prefix + count.incrementAndGet();
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }
}
