package dev.evenkeel.balancer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a call is judged by, at one moment. An exchange reads one and keeps it until it
 * ends. Only the control thread builds one. Immutable.
 */
final class Snapshot {
  static final Snapshot EMPTY = new Snapshot(List.of());

  private final HostTable<Service> byHost;
  private final List<ServiceView> views;

  /** In the order of the configuration. */
  Snapshot(List<Service> services) {
    Map<String, Service> byName = new LinkedHashMap<>();
    List<ServiceView> inOrder = new ArrayList<>();
    for (Service service : services) {
      byName.put(service.state().name(), service);
      inOrder.add(service.state());
    }
    byHost = new HostTable<>(byName);
    views = List.copyOf(inOrder);
  }

  /** The service that a logical host names; null if none: the call is left alone. */
  @Nullable Service service(String host) {
    return byHost.get(host);
  }

  List<ServiceView> views() {
    return views;
  }
}
