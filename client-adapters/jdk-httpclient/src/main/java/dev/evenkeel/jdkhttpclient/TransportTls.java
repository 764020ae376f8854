package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Servers with a transport of their own. The client keeps connections by the name in the address,
 * and takes the name for TLS from there too; so such an address has a name that no other transport
 * and no application has. What makes the engine of a connection is told the server by its thread:
 * no handshake begins on an engine made without it. Thread-safe.
 */
final class TransportTls {
  /** The server that this thread is making a connection for, if it has a transport. */
  private static final ThreadLocal<@Nullable Server> CONNECTING = new ThreadLocal<>();

  private static final String[] HTTP_1 = {"http/1.1"};

  /** {@link EngineAdvice} knows it too, as text: it uses nothing of ours. */
  private static final String DOMAIN = ".evenkeel.invalid";

  private static final String NOBODY = "nobody" + DOMAIN;

  /** Whether an engine was seen to be made for the server of its thread. */
  private static volatile boolean isEngineHooked;

  private TransportTls() {}

  /**
   * The address of a server, resolved as the client would. One that cannot be resolved is named by
   * its transport too: the client looks among its connections before it connects.
   */
  static InetSocketAddress address(Server server) {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    ServerTls tls = server.tls();
    if (tls == null) {
      return address;
    }
    String name = name(server, tls);
    return address.isUnresolved()
        ? InetSocketAddress.createUnresolved(name, server.port())
        : named(name, address);
  }

  /** The name by which connections to a server with a transport are kept. */
  static String name(Server server, ServerTls tls) {
    return tls.id() + ".h" + hash(server.host()) + DOMAIN;
  }

  private static InetSocketAddress named(String name, InetSocketAddress address) {
    try {
      byte[] bytes = address.getAddress().getAddress();
      return new InetSocketAddress(InetAddress.getByAddress(name, bytes), address.getPort());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // for bytes that are no address
    }
  }

  /**
   * Of a host, as hexadecimal digits (FNV-1a): the client makes a TLS name of it, which takes no
   * underscores and no label of more than 63 characters, and hosts may have both.
   */
  private static String hash(String host) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < host.length(); i++) {
      hash = (hash ^ host.charAt(i)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }

  /**
   * Makes an engine that nobody uses, until one was made as it should: a call is not to find out
   * when it is on its way to a server that no TLS but the transport's may reach.
   *
   * @throws IllegalStateException if the hook is not in force
   */
  static void requireHook(Server server) {
    ServerTls tls = server.tls();
    if (tls == null || isEngineHooked) {
      return;
    }
    CONNECTING.set(server);
    try {
      SSLEngine engine = Internals.engine(tls.context(), NOBODY, server.port());
      if (NOBODY.equals(engine.getPeerHost())) {
        throw new IllegalStateException("a hook of java.net.http is not in force");
      }
    } finally {
      CONNECTING.remove();
    }
    isEngineHooked = true;
  }

  /**
   * The client is about to make a connection for a request.
   *
   * @return true if {@link #leave} has to follow
   */
  static boolean enter(HttpRequest request) {
    BalancedCall call = Calls.of(request);
    Server server = call == null ? null : call.server();
    if (server != null && server.tls() != null) {
      CONNECTING.set(server);
      return true;
    }
    if (isEngineHooked) {
      CONNECTING.remove(); // After a fault of ours, the server of another call could be there.
    }
    return false;
  }

  static void leave(boolean isEntered) {
    if (isEntered) {
      CONNECTING.remove();
    }
  }

  /**
   * What an engine is made of.
   *
   * @param clients as the client would set them
   * @return context, peer host and parameters; null to leave all as it is
   */
  static Object @Nullable [] engine(SSLParameters clients) {
    Server server = CONNECTING.get();
    ServerTls tls = server == null ? null : server.tls();
    if (server == null || tls == null) {
      return null;
    }
    // Of the client's, what it speaks above TLS; what is not set here stays as the engine has it.
    SSLParameters parameters = new SSLParameters();
    String[] protocols = clients.getApplicationProtocols();
    if (protocols != null && protocols.length > 0) {
      parameters.setApplicationProtocols(tls.isHttp2Allowed() ? protocols : HTTP_1);
    }
    return new Object[] {tls.context(), server.host(), parameters};
  }
}
