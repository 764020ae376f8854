package dev.evenkeel.balancer;

import dev.evenkeel.balancer.strategy.Loads;
import dev.evenkeel.balancer.strategy.ResponseTimes;
import java.util.List;

/** The loads of the servers of one service, as strategies see them. Thread-safe. */
record ServerLoads(LoadBalancerState service, List<ServerState> servers, Ticker ticker)
    implements Loads {

  @Override
  public int inFlight(int member) {
    return servers.get(member).inFlight();
  }

  @Override
  public ResponseTimes times(int member) {
    return servers.get(member).times();
  }

  @Override
  public long typicalNanos() {
    return service.typicalNanos();
  }

  @Override
  public long nanos() {
    return ticker.nanos();
  }
}
