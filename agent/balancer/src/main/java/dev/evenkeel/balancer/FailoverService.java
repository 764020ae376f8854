package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service with another that stands in for it, as one snapshot has it. The first one gets every
 * call while it is up; the other one also gets a call that the first has no server left for, or
 * whose response counts as an error. Immutable, except for the live state that it leads to.
 */
final class FailoverService implements Service {
  private final ServiceState state;
  private final Service service;
  private final Service fallback;
  private final @Nullable FailoverErrorsSpec errors;
  private final List<ServerState> servers;
  private final List<KeySpec> keys;

  /**
   * One service of a snapshot.
   *
   * @param errors null if no response counts as one
   */
  FailoverService(
      ServiceState state, Service service, Service fallback, @Nullable FailoverErrorsSpec errors) {
    this.state = state;
    this.service = service;
    this.fallback = fallback;
    this.errors = errors;
    servers =
        Stream.concat(service.servers().stream(), fallback.servers().stream()).distinct().toList();
    keys = Stream.concat(service.keys().stream(), fallback.keys().stream()).distinct().toList();
  }

  boolean isMadeOf(
      Service otherService, Service otherFallback, @Nullable FailoverErrorsSpec otherErrors) {
    return service == otherService
        && fallback == otherFallback
        && Objects.equals(errors, otherErrors);
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

  /** Which responses of the first service count as errors; null if none. */
  @Nullable FailoverErrorsSpec errors() {
    return errors;
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
    return (!isLeft(exchange) && service.canTake(exchange)) || fallback.canTake(exchange);
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    ServerState server = isLeft(exchange) ? null : pickOf(service, exchange);
    if (server == null) {
      return pickFallback(exchange);
    }
    if (errors != null) {
      exchange.cameBy(this, errors);
    }
    return server;
  }

  /** A server of the fallback; null if it has none. */
  @Nullable ServerState pickFallback(ServiceExchange exchange) {
    return pickOf(fallback, exchange);
  }

  /** The first service has answered this call with an error, and is not asked again. */
  private boolean isLeft(ServiceExchange exchange) {
    return errors != null && exchange.hasLeft(this);
  }

  private static @Nullable ServerState pickOf(Service child, ServiceExchange exchange) {
    ServerState server = child.pick(exchange);
    if (server != null) {
      child.state().exchangeOpened();
    }
    return server;
  }
}
