package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Balancer;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.RequestReader;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import dev.evenkeel.testkit.fake.FakeKeptBody;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A balancer that gives each service's servers in a fixed order of turns, writes down what adapters
 * tell it, and fails where a test wants it to. Thread-safe.
 */
final class FakeBalancer implements Balancer {
  /** What adapters told, as {@code begin one}, {@code answered 200}, {@code end COMPLETED}. */
  final List<String> events = new CopyOnWriteArrayList<>();

  /** What {@link #open} read of each request of ours, as {@code GET /path cookies}. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Every host that was asked for. */
  final List<String> lookups = new CopyOnWriteArrayList<>();

  final List<Throwable> faults = new CopyOnWriteArrayList<>();

  /** What calls were asked to repeat for mirrors. */
  final List<FakeCopy> copies = new CopyOnWriteArrayList<>();

  volatile boolean isMirrored;

  /** For which statuses a call goes on with a server that it did not try. */
  volatile Set<Integer> givenUp = Set.of();

  volatile long maxBodyBytes = Long.MAX_VALUE;
  volatile @Nullable String setCookie;
  volatile String planted = "";
  private final Map<String, List<Server>> services = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Makes a host a service with these turns, one server for each. */
  void service(String host, Server... turns) {
    services.put(host, List.of(turns));
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Waits until every attempt has ended: an answer may reach a test before its last event. */
  void awaitIdle() throws InterruptedException {
    synchronized (inFlight) {
      for (int tries = 0; inFlight.get() != 0 && tries < 50; tries++) {
        inFlight.wait(100);
      }
    }
  }

  @Override
  public <R> @Nullable Exchange open(String host, R request, RequestReader<R> reader) {
    lookups.add(host);
    failIf("open");
    List<Server> turns = services.get(host);
    if (turns == null) {
      return null;
    }
    requests.add(
        reader.method(request) + " " + reader.target(request) + " " + reader.cookies(request));
    failIf("reader");
    return new FakeExchange(host, turns);
  }

  @Override
  public void fault(String adapter, Throwable fault) {
    faults.add(fault);
  }

  private void failIf(String point) {
    if (planted.equals(point)) {
      throw new IllegalStateException("planted in " + point);
    }
  }

  private final class FakeExchange implements Exchange {
    private final String service;
    private final List<Server> turns;
    private final Set<Server> tried = new HashSet<>();

    FakeExchange(String service, List<Server> turns) {
      this.service = service;
      this.turns = turns;
    }

    @Override
    public String service() {
      return service;
    }

    @Override
    public @Nullable Attempt next() {
      failIf(tried.isEmpty() ? "next" : "next again");
      List<Server> left = new ArrayList<>(turns);
      left.removeAll(tried);
      if (left.isEmpty() || tried.size() == 3) {
        return null;
      }
      Server server = turns.get(Math.floorMod(turn.getAndIncrement(), turns.size()));
      Server chosen = tried.contains(server) ? left.get(0) : server;
      tried.add(chosen);
      return new FakeAttempt(chosen);
    }

    @Override
    public long maxBodyBytes() {
      failIf("maxBodyBytes");
      return maxBodyBytes;
    }

    @Override
    public @Nullable KeptBody keepBody(long contentLength) {
      failIf("keepBody");
      return givenUp.isEmpty() ? null : new FakeKeptBody(FakeBalancer.this::failIf);
    }

    @Override
    public boolean giveUp(int status) {
      failIf("giveUp");
      return givenUp.contains(status) && tried.size() < turns.size();
    }

    @Override
    public ConnectException unavailable() {
      failIf("unavailable");
      return new ConnectException("service " + service + ": no server available");
    }
  }

  private final class FakeAttempt implements Attempt {
    private final Server server;
    private final AtomicBoolean isOver = new AtomicBoolean();

    FakeAttempt(Server server) {
      this.server = server;
      inFlight.incrementAndGet();
      events.add("begin " + server.host());
    }

    @Override
    public Server server() {
      failIf("server");
      return server;
    }

    @Override
    public @Nullable SetCookie setCookies() {
      failIf("setCookie");
      return setCookie == null ? null : new SetCookie(setCookie, null);
    }

    @Override
    public @Nullable RequestCopy copy() {
      failIf("copy");
      if (!isMirrored) {
        return null;
      }
      FakeCopy copy = new FakeCopy(FakeBalancer.this::failIf);
      copies.add(copy);
      return copy;
    }

    @Override
    public void answered(int status) {
      events.add("answered " + status);
      failIf("answered");
    }

    @Override
    public void end(Outcome outcome) {
      if (isOver.compareAndSet(false, true)) {
        events.add("end " + outcome);
        synchronized (inFlight) {
          inFlight.decrementAndGet();
          inFlight.notifyAll();
        }
      }
      failIf("end");
    }

    @Override
    public Attempt again() {
      throw new UnsupportedOperationException("OkHttp opens an exchange for every repeat");
    }
  }
}
