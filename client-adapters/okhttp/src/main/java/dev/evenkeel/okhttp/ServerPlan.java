package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;
import java.net.Proxy;
import java.util.Locale;
import java.util.Objects;
import okhttp3.Address;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What makes OkHttp plan a balanced call's connection to a server, and knows that plan again. Not
 * thread-safe; one per exchange.
 */
final class ServerPlan {
  private static final Insides INSIDES = OkHttpCopy.INSIDES;

  private final Call call;
  private final HttpUrl logical;
  private final Address logicalAddress;
  private @Nullable Server server;
  private @Nullable Object plan;
  private boolean isMaking;
  private boolean isUpgrade;

  ServerPlan(Call call, HttpUrl logical) {
    this.call = call;
    this.logical = logical;
    this.logicalAddress = INSIDES.address(INSIDES.plan(call));
  }

  /** Plans the connection to a server. */
  void make(Server chosen, Interceptor.Chain chain) {
    server = chosen;
    isUpgrade = chosen.isH2c() && isUpgrade(chain.request());
    Request request = Targets.of(chosen).plan(chain.request().method());
    isMaking = true;
    try {
      INSIDES.replan(call, isPlannable(request) ? request : inPlainText(request), chain);
    } finally {
      isMaking = false;
    }
    Object made = INSIDES.plan(call);
    if (ServerMark.of(INSIDES.address(made)) == null || !INSIDES.isAccepted(made, logical)) {
      throw new IllegalStateException("a hook of OkHttp is not in force");
    }
    plan = made;
  }

  /** HTTP/2 has no upgrade: such a call, a WebSocket's for one, speaks HTTP/1.1. */
  private static boolean isUpgrade(Request request) {
    String connection = request.header("Connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  boolean isMaking() {
    return isMaking;
  }

  /** True if the call still has the plan that was made last, and did not leave it. */
  boolean isInUse() {
    return plan != null && plan == INSIDES.plan(call);
  }

  /** The attempt is over, and nothing more goes by the plan. */
  void leave() {
    plan = null;
  }

  /** Up to 5.3, a client without TLS throws when asked for an https address. */
  private boolean isPlannable(Request request) {
    return !request.isHttps() || Addresses.hasTls(INSIDES.client(call));
  }

  private static Request inPlainText(Request request) {
    HttpUrl https = request.url();
    HttpUrl http = https.newBuilder().scheme("http").port(https.port()).build();
    return request.newBuilder().url(http).build();
  }

  /** The server's address for a client with these settings; null if it is not at hand. */
  @Nullable Address knownAddress() {
    if (isUpgrade) {
      return null; // it stands there for calls in HTTP/2
    }
    return Targets.of(Objects.requireNonNull(server)).address(logicalAddress);
  }

  /** The server's address, made of the one OkHttp planned. */
  Address address(Address planned) {
    Server chosen = Objects.requireNonNull(server);
    Target target = Targets.of(chosen);
    ServerMark mark = new ServerMark(chosen, target, logical, planned.proxySelector());
    boolean isSchemeSwitched = logical.isHttps() != target.url().isHttps();
    Address address =
        Addresses.of(target.url(), planned, mark, INSIDES.client(call), isSchemeSwitched);
    if (isUpgrade) {
      return address;
    }
    if (chosen.isH2c() && !isProxied(address, mark)) {
      address = Addresses.withPriorKnowledge(address);
    }
    // Where the logical address is plain text, it tells nothing of the client's TLS.
    if (logical.isHttps() || !isSchemeSwitched) {
      target.keepAddress(logicalAddress, address);
    }
    return address;
  }

  /** A proxy in between reads HTTP/1.1. */
  private static boolean isProxied(Address address, ServerMark mark) {
    Proxy proxy = address.proxy();
    return proxy == null ? mark.isProxied() : proxy.type() == Proxy.Type.HTTP;
  }
}
