package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.RequestReader;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the servers of a service in turn, and records all that it is asked and told. Thread-safe.
 */
public final class FakeBalancer implements Balancer {
  /** What an adapter shows of a request of ours; cookies if sessions are sticky. */
  public record Seen(String host, String method, String target, @Nullable String cookies) {}

  private final Map<String, List<FakeServer>> services = new ConcurrentHashMap<>();
  private final Map<String, Integer> turns = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<FakeAttempt> attempts = new CopyOnWriteArrayList<>();
  private final List<FakeCopy> copies = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private volatile @Nullable String setCookie;
  private volatile @Nullable String planted;
  private volatile boolean isSticky;
  private volatile boolean isMirroring;
  private final AtomicInteger plantedAfter = new AtomicInteger();

  /** Makes a host a service of these servers, or of none. */
  public void serve(String service, FakeServer... servers) {
    services.put(service, List.of(servers));
    turns.put(service, 0);
  }

  /** From now on cookies are read, and each answer gets this one; null for none. */
  public void stickWith(@Nullable String newSetCookie) {
    isSticky = true;
    setCookie = newSetCookie;
  }

  /** From now on each attempt is to be copied. */
  public void mirror() {
    isMirroring = true;
  }

  @Nullable FakeCopy beginCopy() {
    if (!isMirroring) {
      return null;
    }
    FakeCopy copy = new FakeCopy(this);
    copies.add(copy);
    return copy;
  }

  /** In the order they were asked for. */
  public List<FakeCopy> copies() {
    return copies;
  }

  /** The one copy there was; fails if there were more, or none. */
  public FakeCopy onlyCopy() {
    if (copies.size() != 1) {
      throw new AssertionError("not one copy: " + copies);
    }
    return copies.get(0);
  }

  /** From now on {@code place} fails, after it worked {@code times} times. */
  public void plant(String place, int times) {
    planted = place;
    plantedAfter.set(times);
  }

  void failIfPlanted(String place) {
    if (place.equals(planted) && plantedAfter.getAndDecrement() <= 0) {
      throw new IllegalStateException("planted in " + place);
    }
  }

  @Override
  public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
    asked.add(host);
    failIfPlanted("open");
    List<FakeServer> servers = services.get(host);
    if (servers == null) {
      return null;
    }
    seen.add(
        new Seen(
            host,
            reader.method(request),
            reader.target(request),
            isSticky ? reader.cookies(request) : null));
    return new InTurn(
        host,
        spoken(servers, reader.speaksServersTls(request)),
        turns.merge(host, 1, Integer::sum) - 1);
  }

  /** As with the real one, no server with a transport where the adapter does not speak it. */
  private static List<FakeServer> spoken(List<FakeServer> servers, boolean isAnyTlsSpoken) {
    return servers.stream().filter(server -> isAnyTlsSpoken || server.tls() == null).toList();
  }

  @Override
  public void fault(String adapter, Throwable fault) {
    faults.add(fault);
  }

  @Nullable String setCookie() {
    return setCookie;
  }

  /** Every host that was asked for. */
  public List<String> asked() {
    return asked;
  }

  /** The requests of ours. */
  public List<Seen> seen() {
    return seen;
  }

  /** In the order they began in. */
  public List<FakeAttempt> attempts() {
    return attempts;
  }

  /** The one attempt there was; fails if there were more, or none. */
  public FakeAttempt onlyAttempt() {
    if (attempts.size() != 1) {
      throw new AssertionError("not one attempt: " + attempts);
    }
    return attempts.get(0);
  }

  /** What adapters reported of themselves. */
  public List<Throwable> faults() {
    return faults;
  }

  FakeAttempt begin(FakeServer server) {
    FakeAttempt attempt = new FakeAttempt(this, server);
    attempts.add(attempt);
    return attempt;
  }

  private final class InTurn implements Exchange {
    private final String service;
    private final List<FakeServer> servers;
    private final int first;
    private int tried;

    InTurn(String service, List<FakeServer> servers, int first) {
      this.service = service;
      this.servers = servers;
      this.first = first;
    }

    @Override
    public String service() {
      return service;
    }

    @Override
    public @Nullable Attempt next() {
      failIfPlanted("next");
      if (tried == Math.min(servers.size(), 3)) {
        return null;
      }
      return begin(servers.get((first + tried++) % servers.size()));
    }

    @Override
    public ConnectException unavailable() {
      failIfPlanted("unavailable");
      return new ConnectException("service " + service + ": no server available");
    }
  }
}
