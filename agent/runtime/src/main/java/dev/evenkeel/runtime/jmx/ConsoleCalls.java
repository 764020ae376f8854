package dev.evenkeel.runtime.jmx;

import dev.evenkeel.runtime.log.AgentLog;
import java.util.function.Supplier;

/**
 * Runs what a console asked for, so that it only meets exceptions of the JDK: a console without our
 * classes could not even read another one. Thread-safe.
 */
final class ConsoleCalls {
  private final AgentLog log;

  ConsoleCalls(AgentLog log) {
    this.log = log;
  }

  /**
   * @throws IllegalArgumentException with the message of the one that was thrown
   * @throws IllegalStateException for any other fault, which is logged
   */
  <T> T call(String operation, Supplier<T> task) {
    try {
      return task.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage()); // anew, as its cause may be ours
    } catch (RuntimeException | LinkageError e) {
      log.fault("jmx." + operation, "fault in JMX operation " + operation, e);
      throw new IllegalStateException(operation + " failed: " + e);
    }
  }

  void run(String operation, Runnable task) {
    call(
        operation,
        () -> {
          task.run();
          return true;
        });
  }
}
