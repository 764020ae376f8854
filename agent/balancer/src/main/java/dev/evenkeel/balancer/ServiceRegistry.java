package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of all services by identity, changes it, and publishes what follows.
 *
 * <p>What people ask for is published before the method returns. Verdicts of probes and answers of
 * name servers may come in bursts of thousands, so they ask for a snapshot, and those asked for in
 * one run of the control loop, or less than {@link #MIN_DISTANCE} apart, are one. Nothing waits for
 * it: a pick asks the server itself once more. Confined to the control thread.
 */
final class ServiceRegistry {
  static final Duration MIN_DISTANCE = Duration.ofMillis(10);

  /** Lost calls wait for the garbage collector, so there is no hurry. */
  static final Duration LOST_CALLS_INTERVAL = Duration.ofSeconds(1);

  /** From one look whether attempts rest to the next. */
  static final Duration REST_INTERVAL = Duration.ofMinutes(1);

  private static final Duration LATENCY_WINDOW = Duration.ofSeconds(LatencyWindows.WINDOW_SECONDS);

  private final ControlLoop loop;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Surroundings surroundings;
  private final BalancerListener listener;
  private final Consumer<Snapshot> publisher;
  private final HealthChecks checks;
  private final ServerChanges changes;
  private final OpenAttempts open = new OpenAttempts();
  private final NameLookups names;

  private BalancerSpec configured = BalancerSpec.EMPTY;
  private Map<String, ServiceState> services = Map.of();
  private ControlLoop.@Nullable Cancellable rotation;
  private ControlLoop.@Nullable Cancellable lookForLost;
  private boolean isSnapshotAskedFor;
  private boolean isAddressChanged;
  private long lastPublishedNanos;
  private long lastRestNanos;

  ServiceRegistry(
      ControlLoop loop,
      Ticker ticker,
      RandomGenerator random,
      Prober prober,
      Resolver resolver,
      MirrorSender mirrors,
      BalancerListener listener,
      Consumer<Snapshot> publisher) {
    this.loop = loop;
    this.ticker = ticker;
    this.random = random;
    this.listener = listener;
    this.publisher = publisher;
    checks = new HealthChecks(loop, ticker, random, prober, listener, this::probed);
    changes = new ServerChanges(loop, ticker, random, this::changed);
    names = new NameLookups(loop, random, resolver, listener, this::addressesChanged);
    surroundings = new Surroundings(ticker, changes, loop::execute, mirrors, listener, open);
    lastPublishedNanos = ticker.nanos() - MIN_DISTANCE.toNanos();
  }

  void apply(BalancerSpec spec) {
    configured = spec;
    names.reconcile(spec);
    put(names.expanded(spec));
  }

  private void addressesChanged() {
    isAddressChanged = true;
    askForSnapshot();
  }

  private void put(BalancerSpec spec) {
    isAddressChanged = false;
    Map<String, ServiceState> wanted = new LinkedHashMap<>();
    Map<ServerState, State> before = new LinkedHashMap<>();
    for (ServiceSpec service : spec.services()) {
      ServiceState known = services.get(service.name());
      if (known == null || !known.isOfKind(service)) {
        known = ServiceState.of(service, random.nextLong() >>> 2, surroundings);
      } else {
        known.serverStates().forEach(server -> before.put(server, server.state()));
        known.configure(service);
      }
      wanted.put(service.name(), known);
    }
    services = wanted;
    watch(spec);
    changes.reconcile(loadBalancers());
    publish();
    listener.servicesChanged();
    before.forEach(this::announce);
    checks.reconcile(loadBalancers());
    rotateLatencyFromNowOn();
    endLostCallsFromNowOn();
  }

  /** Tells services whose parent goes by their health. */
  private void watch(BalancerSpec spec) {
    Set<String> watched =
        spec.services().stream()
            .flatMap(service -> service.watched().stream())
            .collect(Collectors.toSet());
    loadBalancers().forEach(service -> service.watched(watched.contains(service.name())));
  }

  void close() {
    apply(BalancerSpec.EMPTY);
    if (rotation != null) {
      rotation.cancel();
    }
    if (lookForLost != null) {
      lookForLost.cancel();
    }
  }

  void setWeight(String service, String url, int weight) {
    if (weight < 0 || weight > ServerSpec.MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: " + weight + " (expected: integer 0.." + ServerSpec.MAX_WEIGHT + ")");
    }
    change(service, url, standing -> standing.setWeight(weight));
  }

  void resetWeight(String service, String url) {
    change(service, url, Standing::resetWeight);
  }

  void fence(String service, String url) {
    change(service, url, standing -> standing.fences().raise());
  }

  void drain(String service, String url, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time: " + time + " (expected: 0 or more)");
    }
    boolean isLong = time.compareTo(HealthCheckSpec.LONGEST) > 0;
    Duration within = isLong ? HealthCheckSpec.LONGEST : time;
    change(service, url, standing -> standing.fences().drain(within, ticker.nanos()));
  }

  void unfence(String service, String url) {
    change(service, url, standing -> standing.fences().takeDown());
  }

  void clearSessions(String service) {
    service(service).clearSessions();
  }

  private ServiceState service(String name) {
    ServiceState state = services.get(name);
    if (state == null) {
      throw unknown("service", name, services.keySet());
    }
    return state;
  }

  private void change(String service, String url, Consumer<Standing> change) {
    ServerState server = server(service, url);
    changes.make(server, () -> change.accept(server.standing()));
    publish();
  }

  private List<LoadBalancerState> loadBalancers() {
    return services.values().stream()
        .filter(LoadBalancerState.class::isInstance)
        .map(LoadBalancerState.class::cast)
        .toList();
  }

  private ServerState server(String service, String url) {
    ServiceState state = service(service);
    ServerState server =
        state instanceof LoadBalancerState loadBalancer ? loadBalancer.server(url) : null;
    if (server == null) {
      throw unknown("server", url, state.serverStates().stream().map(ServerState::url).toList());
    }
    return server;
  }

  private static IllegalArgumentException unknown(
      String what, String value, Collection<String> known) {
    String expected = known.isEmpty() ? "there is none" : "one of " + String.join(", ", known);
    return new IllegalArgumentException(what + ": " + value + " (expected: " + expected + ")");
  }

  private void probed(ServerState server, Prober.Result result, long startNanos) {
    changes.make(server, () -> server.probed(result, startNanos, ticker.nanos(), ticker.now()));
  }

  /** A server is in another condition than before, and shows it already. */
  private void changed(ServerState server, State before) {
    askForSnapshot();
    announce(server, before);
    if (server.state() == State.EJECTED && before != State.EJECTED) {
      checks.reschedule(server);
    }
  }

  private void announce(ServerState server, State before) {
    if (server.state() != before) {
      listener.stateChanged(server, before, server.state());
    }
  }

  private void askForSnapshot() {
    if (isSnapshotAskedFor) {
      return;
    }
    isSnapshotAskedFor = true;
    long sinceLast = ticker.nanos() - lastPublishedNanos;
    long delay = MIN_DISTANCE.toNanos() - sinceLast;
    if (delay <= 0) {
      loop.execute(this::publishIfAskedFor);
    } else {
      loop.schedule(Duration.ofNanos(delay), this::publishIfAskedFor);
    }
  }

  private void publishIfAskedFor() {
    boolean isAsked = isSnapshotAskedFor;
    isSnapshotAskedFor = false; // first: a fault below must not keep all later ones from asking
    if (isAddressChanged) {
      put(names.expanded(configured));
    } else if (isAsked) {
      publish();
    }
  }

  private void publish() {
    isSnapshotAskedFor = false;
    lastPublishedNanos = ticker.nanos();
    Map<String, Service> built = new LinkedHashMap<>();
    publisher.accept(
        new Snapshot(services.keySet().stream().map(name -> build(name, built)).toList()));
  }

  /** Builds a service after those below it, and each once. */
  private Service build(String name, Map<String, Service> built) {
    Service known = built.get(name);
    if (known != null) {
      return known;
    }
    ServiceState state = Objects.requireNonNull(services.get(name), name);
    Service service = state.snapshot(child -> build(child, built));
    built.put(name, service);
    return service;
  }

  private void rotateLatencyFromNowOn() {
    if (rotation == null) {
      rotation = loop.schedule(LATENCY_WINDOW, this::rotateLatency);
    }
  }

  OpenAttempts openAttempts() {
    return open;
  }

  private void endLostCallsFromNowOn() {
    if (lookForLost == null) {
      lastRestNanos = ticker.nanos();
      lookForLost = loop.schedule(LOST_CALLS_INTERVAL, this::endLostCalls);
    }
  }

  private void endLostCalls() {
    lookForLost = loop.schedule(LOST_CALLS_INTERVAL, this::endLostCalls);
    open.endLost();
    if (ticker.nanos() - lastRestNanos >= REST_INTERVAL.toNanos()) {
      lastRestNanos = ticker.nanos();
      open.endResting();
    }
  }

  private void rotateLatency() {
    loadBalancers().forEach(LoadBalancerState::rotateLatency);
    rotation = loop.schedule(LATENCY_WINDOW, this::rotateLatency);
  }
}
