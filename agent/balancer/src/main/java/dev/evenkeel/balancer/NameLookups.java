package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.BalancerSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of servers' names, for the services that are to have one server per address. Each
 * name is looked up again and again, one look-up at a time; what it has is kept while look-ups fail
 * or hang, which is said once, and until the first answer it stands for itself. Confined to the
 * control thread.
 */
final class NameLookups {
  private static final double JITTER = 0.1;

  private final ControlLoop loop;
  private final RandomGenerator random;
  private final Resolver resolver;
  private final BalancerListener listener;
  private final Runnable changed;
  private Map<String, Name> names = Map.of();

  /**
   * Looks nothing up yet.
   *
   * @param changed called whenever a name was found to have other addresses
   */
  NameLookups(
      ControlLoop loop,
      RandomGenerator random,
      Resolver resolver,
      BalancerListener listener,
      Runnable changed) {
    this.loop = loop;
    this.random = random;
    this.resolver = resolver;
    this.listener = listener;
    this.changed = changed;
  }

  /** Looks up exactly the names of this configuration. Names that stay keep their addresses. */
  void reconcile(BalancerSpec spec) {
    Map<String, Duration> wanted = new LinkedHashMap<>();
    for (ServiceSpec service : spec.services()) {
      if (service instanceof LoadBalancerSpec balancer) {
        addNames(balancer, wanted);
      }
    }
    Map<String, Name> before = names;
    names = new LinkedHashMap<>();
    wanted.forEach(
        (host, interval) -> {
          Name name = keepOrMake(before.get(host), host);
          names.put(host, name);
          name.lookUpEvery(interval);
        });
    before.values().stream().filter(name -> names.get(name.host) != name).forEach(Name::end);
  }

  private static void addNames(LoadBalancerSpec service, Map<String, Duration> wanted) {
    Duration interval = service.extras().lookUpInterval();
    if (interval == null) {
      return;
    }
    for (ServerSpec server : service.servers()) {
      if (!server.isAddress()) {
        wanted.merge(server.host(), interval, (a, b) -> a.compareTo(b) < 0 ? a : b);
      }
    }
  }

  private Name keepOrMake(@Nullable Name known, String host) {
    return known == null ? new Name(host) : known;
  }

  /** The configuration with the addresses that are known by now in place of names. */
  BalancerSpec expanded(BalancerSpec spec) {
    return names.isEmpty()
        ? spec
        : new BalancerSpec(spec.services().stream().map(this::expanded).toList());
  }

  private ServiceSpec expanded(ServiceSpec service) {
    boolean isExpanded =
        service instanceof LoadBalancerSpec balancer && balancer.extras().lookUpInterval() != null;
    return isExpanded ? ((LoadBalancerSpec) service).expanded(this::servers) : service;
  }

  private List<ServerSpec> servers(ServerSpec server) {
    Name name = names.get(server.host());
    return name == null || name.addresses.isEmpty()
        ? List.of(server)
        : name.addresses.stream().map(server::at).toList();
  }

  /** The look-ups of one name. Confined to the control thread. */
  private final class Name {
    private final String host;
    private Duration interval = Duration.ZERO;
    private List<String> addresses = List.of();
    private boolean isFailing;
    private boolean isAsked;
    private boolean isEnded;

    /** The next look-up; while one is under way, when that is late. */
    private ControlLoop.@Nullable Cancellable next;

    Name(String host) {
      this.host = host;
    }

    /** At once for the first time; an interval that stays leaves the time of the next look-up. */
    void lookUpEvery(Duration wanted) {
      boolean isNew = interval.isZero();
      boolean isOther = !wanted.equals(interval);
      interval = wanted;
      if (isNew) {
        lookUp();
      } else if (isOther && !isAsked) {
        scheduleNext(this::lookUp);
      }
    }

    private void lookUp() {
      isAsked = true;
      scheduleNext(this::late);
      try {
        resolver.resolve(host, answer -> loop.execute(() -> answered(answer)));
      } catch (Throwable fault) {
        listener.faulted("resolver", fault);
        isAsked = false;
        scheduleNext(this::lookUp);
      }
    }

    private void late() {
      failed("no answer yet");
    }

    /** Up to a tenth early, so that processes that were started together do not ask together. */
    private void scheduleNext(Runnable task) {
      if (next != null) {
        next.cancel();
      }
      double part = 1 - JITTER * random.nextDouble();
      next = loop.schedule(Duration.ofNanos((long) (interval.toNanos() * part)), task);
    }

    private void answered(Resolver.Answer answer) {
      if (isEnded) {
        return;
      }
      isAsked = false;
      scheduleNext(this::lookUp);
      List<String> found = answer.addresses().stream().distinct().sorted().toList();
      if (found.isEmpty()) {
        failed(String.valueOf(answer.failure()));
        return;
      }
      boolean isOther = !found.equals(addresses);
      addresses = found;
      if (isOther || isFailing) {
        listener.addressesFound(host, found);
      }
      isFailing = false;
      if (isOther) {
        changed.run();
      }
    }

    /** Said once until a look-up succeeds. */
    private void failed(String reason) {
      if (!isFailing) {
        isFailing = true;
        listener.lookUpFailed(host, reason, addresses);
      }
    }

    void end() {
      isEnded = true;
      if (next != null) {
        next.cancel();
      }
    }
  }
}
