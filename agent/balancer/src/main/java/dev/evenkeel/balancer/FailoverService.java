package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service with another that stands in for it, as one snapshot has it. The first one gets every
 * call while it is up; the other one also gets a call that the first has no server left for.
 * Immutable, except for the live state that it leads to.
 */
final class FailoverService implements Service {
  private final ServiceState state;
  private final Service service;
  private final Service fallback;
  private final List<ServerState> servers;
  private final List<KeySpec> keys;

  FailoverService(ServiceState state, Service service, Service fallback) {
    this.state = state;
    this.service = service;
    this.fallback = fallback;
    servers =
        Stream.concat(service.servers().stream(), fallback.servers().stream()).distinct().toList();
    keys = Stream.concat(service.keys().stream(), fallback.keys().stream()).distinct().toList();
  }

  boolean isMadeOf(Service otherService, Service otherFallback) {
    return service == otherService && fallback == otherFallback;
  }

  @Override
  public ServiceState state() {
    return state;
  }

  Service service() {
    return service;
  }

  Service fallback() {
    return fallback;
  }

  @Override
  public List<ServerState> servers() {
    return servers;
  }

  @Override
  public boolean isUp() {
    return service.isUp() || fallback.isUp();
  }

  @Override
  public boolean readsCookies() {
    return service.readsCookies() || fallback.readsCookies();
  }

  @Override
  public List<KeySpec> keys() {
    return keys;
  }

  @Override
  public boolean canTake(ServiceExchange exchange) {
    return service.canTake(exchange) || fallback.canTake(exchange);
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    ServerState server = pickOf(service, exchange);
    return server == null ? pickOf(fallback, exchange) : server;
  }

  private static @Nullable ServerState pickOf(Service child, ServiceExchange exchange) {
    ServerState server = child.pick(exchange);
    if (server != null) {
      child.state().exchangeOpened();
    }
    return server;
  }
}
