package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.RequestReader;
import dev.evenkeel.spi.SetCookie;
import java.net.ConnectException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to a balanced service. It keeps the snapshot that it was opened with; the servers it
 * tried stand in fields, because there are three at most. Not thread-safe; one per exchange.
 */
final class ServiceExchange implements Exchange {
  private static final int MAX_ATTEMPTS = 3;
  private static final int MAX_NAMED_SERVERS = 10;

  private final Service service;
  private final @Nullable String cookies;
  private final @Nullable CallKey keys;
  private int attempts;
  private @Nullable ServerState firstTried;
  private @Nullable ServerState secondTried;
  private @Nullable ServerState thirdTried;
  private @Nullable SetCookie setCookies;
  private @Nullable MirrorTurn mirrors;
  private boolean isFailureCounted;

  private ServiceExchange(Service service, @Nullable String cookies, @Nullable CallKey keys) {
    this.service = service;
    this.cookies = cookies;
    this.keys = keys;
  }

  static <R> ServiceExchange open(Service service, R request, RequestReader<R> reader) {
    String cookies = service.readsCookies() ? reader.cookies(request) : null;
    CallKey keys = CallKey.read(service.keys(), request, reader, cookies);
    service.state().exchangeOpened();
    return new ServiceExchange(service, cookies, keys);
  }

  @Override
  public String service() {
    return service.state().name();
  }

  /** The {@code Cookie} header; null if there is none, or if no cookie is looked for. */
  @Nullable String cookies() {
    return cookies;
  }

  /** The hash of a key that a service asks for; {@link Members#NO_KEY} if the call has none. */
  long key(KeySpec spec) {
    for (CallKey key = keys; key != null; key = key.next()) {
      if (key.spec().equals(spec)) {
        return key.hash();
      }
    }
    return Members.NO_KEY;
  }

  @Override
  public @Nullable Attempt next() {
    setCookies = null;
    mirrors = null;
    ServerState server = attempts < MAX_ATTEMPTS ? service.pick(this) : null;
    if (server == null) {
      countFailure();
      return null;
    }
    remember(server);
    if (attempts > 1) {
      service.state().retried();
    }
    return new HeldAttempt(server, service.state(), setCookies, mirrors);
  }

  /** Puts a cookie before those that inner services have added. */
  void addSetCookie(SetCookie cookie) {
    setCookies = setCookies == null ? cookie : new SetCookie(cookie.value(), setCookies);
  }

  /** The attempt goes to a service with mirrors; inner ones come first. */
  void cameBy(MirroringService mirroring) {
    mirrors = new MirrorTurn(mirroring, mirrors);
  }

  boolean hasTried(ServerState server) {
    return server == firstTried || server == secondTried || server == thirdTried;
  }

  private void remember(ServerState server) {
    switch (attempts) {
      case 0 -> firstTried = server;
      case 1 -> secondTried = server;
      default -> thirdTried = server;
    }
    attempts++;
  }

  private void countFailure() {
    if (!isFailureCounted) {
      isFailureCounted = true;
      service.state().exchangeFailed();
    }
  }

  @Override
  public ConnectException unavailable() {
    return new ConnectException(
        "service " + service() + ": no server available (" + reasons() + ")");
  }

  private String reasons() {
    List<ServerState> servers = service.servers();
    if (servers.isEmpty()) {
      return "no servers";
    }
    StringBuilder text = new StringBuilder();
    int named = Math.min(servers.size(), MAX_NAMED_SERVERS);
    for (int i = 0; i < named; i++) {
      ServerState server = servers.get(i);
      String standing = hasTried(server) ? "not reached" : server.condition().standing();
      text.append(i == 0 ? "" : "; ").append(server.url()).append(' ').append(standing);
    }
    if (named < servers.size()) {
      text.append("; and ").append(servers.size() - named).append(" more");
    }
    return text.toString();
  }
}
