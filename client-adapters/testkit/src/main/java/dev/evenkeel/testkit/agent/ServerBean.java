package dev.evenkeel.testkit.agent;

import dev.evenkeel.testkit.Await;
import javax.management.ObjectName;

/** The MBean of one server. Thread-safe. */
public final class ServerBean extends Bean {
  ServerBean(String service, String url) {
    super(
        name(
            "dev.evenkeel:type=Server,service="
                + quotedIfNeeded(service)
                + ",name="
                + ObjectName.quote(url)));
  }

  /** An IPv6 literal as the name of a service has colons, which an object name must not. */
  private static String quotedIfNeeded(String service) {
    return service.indexOf(':') < 0 ? service : ObjectName.quote(service);
  }

  ServerBean(ObjectName name) {
    super(name);
  }

  public int weight() {
    return (int) getLong("Weight");
  }

  public void setWeight(int weight) {
    set("Weight", weight);
  }

  public void resetWeight() {
    invoke("resetWeight");
  }

  public void fence() {
    invoke("fence");
  }

  public void unfence() {
    invoke("unfence");
  }

  public String state() {
    return getText("State");
  }

  public int inFlight() {
    return (int) getLong("InFlight");
  }

  public long calls() {
    return getLong("Calls");
  }

  public long failures() {
    return getLong("Failures");
  }

  /** Waits until the server is in a state of the contract, as {@code DOWN}. */
  public void awaitState(String state) {
    Await.until(this + " is " + state, () -> state().equals(state));
  }

  /** Waits until this many attempts are under way. */
  public void awaitInFlight(int count) {
    Await.until(this + " has " + count + " in flight", () -> inFlight() == count);
  }
}
