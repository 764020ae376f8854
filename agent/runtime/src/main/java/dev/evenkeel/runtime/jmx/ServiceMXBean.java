package dev.evenkeel.runtime.jmx;

import java.util.List;

/** The attributes of {@code dev.evenkeel:type=Service,name=<service>}. Thread-safe. */
@Description("A service that evenkeel balances")
public interface ServiceMXBean {
  @Description(
      "its kind, as in the configuration: loadBalancer, weighted, highestRandomWeight, mirroring or"
          + " failover")
  String getKind();

  @Description("how servers or child services are picked, as wrr; empty for a kind that has no say")
  String getStrategy();

  @Description(
      "UP if at least one server, of its own or of a child, takes calls, else DOWN; PANIC while health is ignored")
  String getStatus();

  @Description("the URLs of its own servers, in configured order")
  List<String> getServers();

  @Description("the names of its child services, in configured order")
  List<String> getChildren();

  @Description("exchanges opened, and those of a parent that came by")
  long getCalls();

  @Description("exchanges that found no server or ended with a failure")
  long getFailures();

  @Description("attempts after the first of an exchange")
  long getRetries();

  @Description(
      "calls whose response the application lost without closing it or reading it to its end,"
          + " or left unread for five minutes")
  long getLostCalls();

  @Description("copies of calls that were handed to its mirrors")
  long getMirrorsSent();

  @Description("copies that were due and could not be made or handed over")
  long getMirrorsDropped();

  @Description(
      "sticky sessions that this process remembers; those by a cookie of ours are not counted")
  long getActiveSessions();

  @Description("forgets the sessions that are counted")
  void clearSessions();
}
