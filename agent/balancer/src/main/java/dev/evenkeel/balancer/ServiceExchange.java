package dev.evenkeel.balancer;

import dev.evenkeel.balancer.mirror.KeptRequestBody;
import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.balancer.spec.KeySpec;
import dev.evenkeel.balancer.strategy.Members;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GatewayStatus;
import dev.evenkeel.spi.KeptBody;
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
  private final boolean isAnyTlsSpoken;
  private int attempts;
  private @Nullable ServerState firstTried;
  private @Nullable ServerState secondTried;
  private @Nullable ServerState thirdTried;
  private @Nullable SetCookie setCookies;
  private @Nullable MirrorTurn mirrors;
  private @Nullable Failovers failovers;
  private boolean isFailureCounted;

  private ServiceExchange(
      Service service, @Nullable String cookies, @Nullable CallKey keys, boolean isAnyTlsSpoken) {
    this.service = service;
    this.cookies = cookies;
    this.keys = keys;
    this.isAnyTlsSpoken = isAnyTlsSpoken;
  }

  static <R> ServiceExchange open(Service service, R request, RequestReader<R> reader) {
    String cookies = service.readsCookies() ? reader.cookies(request) : null;
    CallKey keys = CallKey.read(service.keys(), request, reader, cookies);
    service.state().exchangeOpened();
    return new ServiceExchange(service, cookies, keys, reader.speaksServersTls(request));
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
    ServerState server = attempts < MAX_ATTEMPTS ? pick() : null;
    if (server == null) {
      countFailure();
      return null;
    }
    remember(server);
    if (attempts > 1 || (failovers != null && failovers.isUnderWay())) {
      service.state().retried();
    }
    HeldAttempt held = new HeldAttempt(server, service.state(), setCookies, mirrors);
    if (failovers != null) {
      failovers.begun(held.attempt());
    }
    return held;
  }

  private @Nullable ServerState pick() {
    Failovers known = failovers;
    ServerState chosen = known == null ? null : known.takeChosen();
    if (chosen != null) {
      return chosen;
    }
    setCookies = null;
    mirrors = null;
    return known == null ? service.pick(this) : known.pick(this, service);
  }

  @Override
  public long maxBodyBytes() {
    return failovers == null ? Long.MAX_VALUE : failovers.maxBodyBytes();
  }

  @Override
  public @Nullable KeptBody keepBody(long contentLength) {
    if (failovers == null || !failovers.isJudging() || contentLength > maxBodyBytes()) {
      return null;
    }
    return new KeptRequestBody(contentLength, maxBodyBytes());
  }

  @Override
  public boolean giveUp(int status) {
    if (failovers == null || status == GatewayStatus.NONE) {
      return false;
    }
    FailoverTurn left = failovers.judge(status, this);
    if (left == null) {
      return false;
    }
    SetCookie cookiesBefore = setCookies;
    MirrorTurn mirrorsBefore = mirrors;
    setCookies = null;
    mirrors = null;
    TriedServers tried = new TriedServers(firstTried, secondTried, thirdTried);
    if (!failovers.follow(left, cookiesBefore, mirrorsBefore, tried, this)) {
      setCookies = cookiesBefore;
      mirrors = mirrorsBefore;
      return false;
    }
    attempts = 0;
    firstTried = null;
    secondTried = null;
    thirdTried = null;
    return true;
  }

  /**
   * Puts what outer services have said of an earlier pick around what there is of this one.
   *
   * @param until the first cookie that was not theirs
   * @param untilMirror the first turn that was not theirs
   */
  void surround(
      @Nullable SetCookie cookie,
      @Nullable SetCookie until,
      @Nullable MirrorTurn mirror,
      @Nullable MirrorTurn untilMirror) {
    setCookies = between(cookie, until, setCookies);
    mirrors = MirrorTurn.between(mirror, untilMirror, mirrors);
  }

  @SuppressWarnings("ReferenceEquality") // two services may set the same cookie
  private static @Nullable SetCookie between(
      @Nullable SetCookie from, @Nullable SetCookie until, @Nullable SetCookie inner) {
    return from == null || from == until
        ? inner
        : new SetCookie(from.value(), between(from.next(), until, inner));
  }

  /** The pick has a server by way of a failover that judges responses; inner ones come first. */
  void cameBy(FailoverService failover, FailoverErrorsSpec errors) {
    Failovers known = failovers == null ? new Failovers() : failovers;
    known.cameBy(failover, errors, setCookies, mirrors);
    failovers = known;
  }

  boolean hasLeft(FailoverService failover) {
    return failovers != null && failovers.hasLeft(failover);
  }

  /** Puts a cookie before those that inner services have added. */
  void addSetCookie(SetCookie cookie) {
    setCookies = setCookies == null ? cookie : new SetCookie(cookie.value(), setCookies);
  }

  /** The attempt goes to a service with mirrors; inner ones come first. */
  void cameBy(MirroringService mirroring) {
    mirrors = new MirrorTurn(mirroring, mirrors);
  }

  /** True for a server that this call cannot go to (any more). */
  boolean hasTried(ServerState server) {
    return isUnspoken(server)
        || server == firstTried
        || server == secondTried
        || server == thirdTried
        || (failovers != null && failovers.hasTried(server));
  }

  private boolean isUnspoken(ServerState server) {
    return !isAnyTlsSpoken && server.server().tls() != null;
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
      text.append(i == 0 ? "" : "; ").append(server.url()).append(' ').append(standing(server));
    }
    if (named < servers.size()) {
      text.append("; and ").append(servers.size() - named).append(" more");
    }
    return text.toString();
  }

  private String standing(ServerState server) {
    if (isUnspoken(server)) {
      return "has a serversTransport or, with https, dns, which is not supported for calls of this client";
    }
    return hasTried(server) ? "not reached" : server.condition().standing();
  }
}
