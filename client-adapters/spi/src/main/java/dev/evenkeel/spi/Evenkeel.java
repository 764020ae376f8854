package dev.evenkeel.spi;

/**
 * Where adapters find the balancer of this JVM. Thread-safe.
 *
 * <p>Advice is static, so this is the one static reference of the agent.
 */
public final class Evenkeel {
  private static volatile Balancer balancer = Balancer.NONE;

  private Evenkeel() {}

  /** The balancer in force; {@link Balancer#NONE} while there is none. */
  public static Balancer balancer() {
    return balancer;
  }

  /** Puts a balancer in force for all adapters; {@link Balancer#NONE} takes it away again. */
  public static void install(Balancer newBalancer) {
    balancer = newBalancer;
  }

  /**
   * Tells the balancer in force of a fault of an adapter's own. Never throws.
   *
   * @param adapter the adapter's name, as {@link ClientAdapter#name()}
   */
  public static void fault(String adapter, Throwable fault) {
    try {
      balancer.fault(adapter, fault);
    } catch (Throwable ignored) {
      // The application's call is worth more than the count of our faults.
    }
  }
}
