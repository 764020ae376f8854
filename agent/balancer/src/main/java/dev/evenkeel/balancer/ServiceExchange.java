package dev.evenkeel.balancer;

import dev.evenkeel.balancer.sticky.StickyCookie;
import dev.evenkeel.balancer.sticky.StickyCookie.Session;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.RequestReader;
import java.net.ConnectException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to a balanced service. It keeps the snapshot that it was opened with; the servers it
 * tried stand in fields, because there are three at most. Not thread-safe; one per exchange.
 */
final class ServiceExchange implements Exchange {
  private static final int NONE = LoadBalancerService.NONE;
  private static final int MAX_NAMED_SERVERS = 10;

  private final LoadBalancerService service;
  private final Ticker ticker;
  private final @Nullable Session session;
  private int attempts;
  private int firstTried = NONE;
  private int secondTried = NONE;
  private int thirdTried = NONE;
  private boolean isFailureCounted;

  private ServiceExchange(LoadBalancerService service, Ticker ticker, @Nullable Session session) {
    this.service = service;
    this.ticker = ticker;
    this.session = session;
  }

  static <R> ServiceExchange open(
      LoadBalancerService service, Ticker ticker, R request, RequestReader<R> reader) {
    StickyCookie cookie = service.stickyCookie();
    Session session = cookie == null ? null : cookie.session(reader.cookies(request));
    service.state().exchangeOpened();
    return new ServiceExchange(service, ticker, session);
  }

  @Override
  public String service() {
    return service.state().name();
  }

  @Override
  public @Nullable Attempt next() {
    int server = attempts < service.maxAttempts() ? pick() : NONE;
    if (server == NONE) {
      countFailure();
      return null;
    }
    remember(server);
    if (attempts > 1) {
      service.state().retried();
    }
    return ServerAttempt.begin(
        service.servers().get(server), service.state(), setCookie(server), ticker);
  }

  private int pick() {
    return isSessionOpen() && session != null ? session.server() : service.pick(this);
  }

  private boolean isSessionOpen() {
    return session != null
        && !hasTried(session.server())
        && service.servers().get(session.server()).takesSessions();
  }

  boolean hasTried(int server) {
    return server == firstTried || server == secondTried || server == thirdTried;
  }

  private void remember(int server) {
    switch (attempts) {
      case 0 -> firstTried = server;
      case 1 -> secondTried = server;
      default -> thirdTried = server;
    }
    attempts++;
  }

  /** Traefik writes the cookie when a server was newly selected or the value is an old form. */
  private @Nullable String setCookie(int server) {
    StickyCookie cookie = service.stickyCookie();
    if (cookie == null) {
      return null;
    }
    boolean isKept = session != null && session.server() == server && !session.isLegacy();
    return isKept ? null : cookie.setCookie(server);
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
      String standing = hasTried(i) ? "not reached" : servers.get(i).standing();
      text.append(i == 0 ? "" : "; ").append(servers.get(i).url()).append(' ').append(standing);
    }
    if (named < servers.size()) {
      text.append("; and ").append(servers.size() - named).append(" more");
    }
    return text.toString();
  }
}
