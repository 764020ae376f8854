package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service whose calls are copied to others, as one snapshot has it. For a call it is the service
 * that answers; its mirrors are remembered with the attempt. Immutable, except for the live state
 * that it leads to.
 */
final class MirroringService implements Service {
  private final MirroringState state;
  private final MirroringSpec spec;
  private final Service service;
  private final List<Mirror> mirrors;

  MirroringService(
      MirroringState state, MirroringSpec spec, Service service, List<Mirror> mirrors) {
    this.state = state;
    this.spec = spec;
    this.service = service;
    this.mirrors = mirrors;
  }

  boolean isMadeOf(Service otherService, List<Mirror> otherMirrors) {
    return service == otherService && mirrors.equals(otherMirrors);
  }

  @Override
  public MirroringState state() {
    return state;
  }

  MirroringSpec spec() {
    return spec;
  }

  /** The service that answers. */
  Service service() {
    return service;
  }

  List<Mirror> mirrors() {
    return mirrors;
  }

  /** Those that answer: a mirror's servers are none of a call. */
  @Override
  public List<ServerState> servers() {
    return service.servers();
  }

  @Override
  public boolean isUp() {
    return service.isUp();
  }

  @Override
  public boolean readsCookies() {
    return service.readsCookies();
  }

  @Override
  public List<KeySpec> keys() {
    return service.keys();
  }

  @Override
  public boolean canTake(ServiceExchange exchange) {
    return service.canTake(exchange);
  }

  @Override
  public @Nullable ServerState pick(ServiceExchange exchange) {
    ServerState server = service.pick(exchange);
    if (server != null) {
      service.state().exchangeOpened();
      exchange.cameBy(this);
    }
    return server;
  }
}
