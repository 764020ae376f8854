package dev.evenkeel.scenarios.differential;

import dev.evenkeel.scenarios.differential.subjects.Exchange;
import dev.evenkeel.scenarios.differential.subjects.Exchanges;
import dev.evenkeel.scenarios.differential.subjects.Sites;
import dev.evenkeel.scenarios.differential.subjects.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the end of one way for the calls over one wire: the balanced host's server, the
 * other host's, and what stands before the first. Confined to the test's thread.
 *
 * <p>HTTP/2 is spoken by an HAProxy that belongs to the server; it has an address of its own, and
 * the server's port.
 */
final class Shop implements AutoCloseable {
  private final Way way;
  private final RawServer server;
  private final RawServer other;
  private final Sites sites;
  private @Nullable Haproxy proxy;

  /**
   * @param known what the application calls; null in the first run, which finds the ports
   */
  Shop(Way way, Wire wire, @Nullable Sites known, Identity identity) throws IOException {
    this.way = way;
    boolean isTlsServer = wire == Wire.TLS && way != Way.PROXY;
    server = new RawServer(isTlsServer ? identity.context() : null, way.address(), 0);
    other =
        new RawServer(
            wire.isSecure() ? identity.context() : null,
            way.address(),
            known == null ? 0 : known.other());
    sites = known == null ? new Sites(wire, server.port(), other.port()) : known;
    Map<String, Exchange> byId =
        Exchanges.all(sites).stream().collect(Collectors.toMap(Exchange::id, Function.identity()));
    server.answer(byId);
    other.answer(byId);
  }

  /** Puts HAProxy where one belongs by this way. */
  void startProxy(Haproxy.@Nullable Binary binary, Path folder, Identity identity)
      throws IOException {
    List<Haproxy.Listener> listeners = new ArrayList<>();
    InetSocketAddress behind = new InetSocketAddress(way.address(), server.port());
    if (isFronted()) {
      InetSocketAddress front = new InetSocketAddress(way.frontText(), server.port());
      listeners.add(new Haproxy.Listener(front, bindOptions(identity), behind, ""));
      behind = front;
    }
    if (way == Way.PROXY) {
      InetSocketAddress address = new InetSocketAddress(way.address(), sites.shop());
      listeners.add(new Haproxy.Listener(address, bindOptions(identity), behind, serverOptions()));
    }
    if (!listeners.isEmpty()) {
      Path own = folder.resolve("haproxy-" + sites.wire());
      proxy = Haproxy.start(Objects.requireNonNull(binary), own, listeners);
    }
  }

  private String bindOptions(Identity identity) {
    return switch (sites.wire()) {
      case PLAIN -> "";
      case TLS -> "ssl crt " + identity.pem();
      case HTTP_2 -> "ssl crt " + identity.pem() + " alpn h2,http/1.1";
      case HTTP_2_PLAIN -> "proto h2";
    };
  }

  /** How a proxy speaks to the server: by the server's own HTTP. */
  private String serverOptions() {
    return switch (sites.wire()) {
      case PLAIN, TLS -> "";
      case HTTP_2 -> "ssl verify none alpn h2,http/1.1 ws h1";
      case HTTP_2_PLAIN -> "proto h2";
    };
  }

  private boolean isFronted() {
    return sites.wire().isHttp2();
  }

  Sites sites() {
    return sites;
  }

  /** A line of a hosts file: where the logical host's name leads. */
  String host() {
    boolean isFront = isFronted() && way == Way.DIRECT;
    return (isFront ? way.frontText() : way.text()) + " " + sites.wire().host();
  }

  /** An entry of the agent's services. */
  String service() {
    return "%s: { loadBalancer: { servers: [ { url: '%s://%s:%d' } ] } }"
        .formatted(
            sites.wire().host(),
            sites.wire().scheme(),
            isFronted() ? way.frontText() : way.text(),
            server.port());
  }

  /** Adds what the servers received of an exchange; after {@link #close}. */
  void received(String key, List<String> lines) {
    server.received(key).forEach(line -> lines.add("server " + line));
    other.received(key).forEach(line -> lines.add("other server " + line));
  }

  @Override
  public void close() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
    server.close();
    other.close();
  }
}
