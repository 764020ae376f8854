package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.MirrorSender;
import dev.evenkeel.balancer.mirror.MirrorShare;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one service with mirrors: which calls its mirrors have a claim on, and what
 * became of the copies. Thread-safe, except for the methods that are said to be the control
 * thread's.
 */
final class MirroringState extends ServiceState {
  private final MirrorSender sender;
  private final BalancerListener listener;
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  private Map<Listed, MirrorShare> shares = Map.of();
  private volatile MirroringSpec spec;
  private volatile @Nullable MirroringService service;

  /** The identity of a mirror: its name, and which one of that name. */
  private record Listed(String name, int number) {}

  MirroringState(MirroringSpec spec, Surroundings surroundings) {
    super(spec.name());
    sender = surroundings.mirrors();
    listener = surroundings.listener();
    this.spec = spec;
  }

  @Override
  boolean isOfKind(ServiceSpec other) {
    return other instanceof MirroringSpec;
  }

  @Override
  void configure(ServiceSpec newSpec) {
    spec = (MirroringSpec) newSpec;
    service = null;
  }

  @Override
  MirroringService snapshot(Function<String, Service> others) {
    Service answering = others.apply(spec.service());
    Map<Listed, MirrorShare> known = new HashMap<>();
    List<Mirror> mirrors = new ArrayList<>();
    for (MirrorSpec mirror : spec.mirrors()) {
      int number = 0;
      while (known.containsKey(new Listed(mirror.name(), number))) {
        number++;
      }
      Listed listed = new Listed(mirror.name(), number);
      MirrorShare share = shares.getOrDefault(listed, new MirrorShare());
      known.put(listed, share);
      mirrors.add(new Mirror(others.apply(mirror.name()), mirror.percent(), share));
    }
    shares = known;
    MirroringService last = service;
    if (last == null || !last.isMadeOf(answering, mirrors)) {
      last = new MirroringService(this, spec, answering, List.copyOf(mirrors));
      service = last;
    }
    return last;
  }

  MirrorSender sender() {
    return sender;
  }

  void faulted(Throwable fault) {
    listener.faulted("mirror", fault);
  }

  void copySent() {
    sent.increment();
  }

  void copyDropped() {
    dropped.increment();
  }

  @Override
  public String kind() {
    return "mirroring";
  }

  @Override
  public List<String> children() {
    return spec.references();
  }

  @Override
  public String status() {
    MirroringService newest = service;
    return newest != null && newest.isUp() ? "UP" : "DOWN";
  }

  @Override
  public long mirrorsSent() {
    return sent.sum();
  }

  @Override
  public long mirrorsDropped() {
    return dropped.sum();
  }
}
