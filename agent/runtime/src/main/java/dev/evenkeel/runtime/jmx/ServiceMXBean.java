package dev.evenkeel.runtime.jmx;

import java.util.List;

/** The attributes of {@code dev.evenkeel:type=Service,name=<service>}. Thread-safe. */
@Description("A service that evenkeel balances")
public interface ServiceMXBean {
  @Description("its kind, as in the configuration: loadBalancer")
  String getKind();

  @Description("how servers are picked, as wrr")
  String getStrategy();

  @Description("UP if at least one server takes calls, else DOWN")
  String getStatus();

  @Description("the URLs of its servers, in configured order")
  List<String> getServers();

  @Description("exchanges opened")
  long getCalls();

  @Description("exchanges that found no server or ended with a failure")
  long getFailures();

  @Description("attempts after the first of an exchange")
  long getRetries();
}
