package dev.evenkeel.runtime.probe;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads {@code evenkeel-probe-<n>}. They inherit nothing of the application: neither
 * its context class loader, which they would keep alive, nor its inheritable thread locals.
 * Thread-safe.
 */
final class ProbeThreadFactory implements ThreadFactory {
  private final AtomicInteger count = new AtomicInteger();

  @Override
  public Thread newThread(Runnable task) {
    String name = "evenkeel-probe-" + count.incrementAndGet();
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }
}
