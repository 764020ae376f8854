package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's way to a server with a transport. The route to such a server has a scheme of its
 * own, which the client's operator knows nothing of: it makes a bare connection, or none, and the
 * hooks put the TLS of the pass on it that its thread is in just then. Whether they did is asked
 * before anything is sent. Not thread-safe, except that TLS may come from another thread than the
 * one that asked for it; one per attempt.
 */
final class TransportPass {
  private static final ThreadLocal<@Nullable TransportPass> CURRENT = new ThreadLocal<>();
  static final String SCHEME = "https+evenkeel-";

  private final @Nullable ServerTls tls;
  private final String scheme;
  private volatile boolean isConnecting;
  private volatile boolean isSecured;

  private TransportPass(@Nullable ServerTls tls, String scheme) {
    this.tls = tls;
    this.scheme = scheme;
  }

  /** The way to a server with this transport. */
  static TransportPass of(ServerTls tls) {
    return new TransportPass(tls, scheme(tls));
  }

  /** A pass to nowhere, which {@link #isSecured} once a hook has seen it. */
  static TransportPass probe() {
    return new TransportPass(null, SCHEME + "probe");
  }

  /** The scheme of routes to servers with a transport, by which pools tell their connections. */
  static String scheme(ServerTls tls) {
    return SCHEME + tls.id();
  }

  /** True for the target of a route to a server with a transport. */
  static boolean isMeant(HttpHost host) {
    return host.getSchemeName().startsWith(SCHEME);
  }

  /** What this thread connects for; null where no transport is spoken. */
  static @Nullable TransportPass current() {
    return CURRENT.get();
  }

  /** What this thread connects for; null if that is not {@code host}. */
  static @Nullable TransportPass current(HttpHost host) {
    TransportPass current = CURRENT.get();
    return current != null && current.isFor(host.getSchemeName()) ? current : null;
  }

  /** What {@code host} is connected for, on whatever thread; null if nobody has that transport. */
  static @Nullable TransportPass connecting(HttpHost host) {
    TransportPass current = current(host);
    if (current != null) {
      return current;
    }
    ServerTls tls = KnownTransports.of(host);
    return tls == null ? null : of(tls);
  }

  /** If this thread asks whether a hook is in force, it is told. */
  static void answerProbe() {
    TransportPass current = CURRENT.get();
    if (current != null && current.tls == null) {
      current.secured();
    }
  }

  /** From now on this thread connects for this pass; gives what to {@link #leave} for. */
  @Nullable TransportPass enter() {
    TransportPass before = CURRENT.get();
    CURRENT.set(this);
    return before;
  }

  static void leave(@Nullable TransportPass before) {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }

  HttpHost nowhere() {
    return new HttpHost(scheme, "localhost", 1);
  }

  boolean isFor(String schemeName) {
    return scheme.equalsIgnoreCase(schemeName);
  }

  /** Null for a probe. */
  @Nullable ServerTls tls() {
    return tls;
  }

  /** The attempt's connection is made, perhaps not for the first time. */
  void connecting() {
    isSecured = false;
    isConnecting = true;
  }

  void secured() {
    isSecured = true;
  }

  boolean isSecured() {
    return isSecured;
  }

  /** Fails unless the transport's TLS is on the connection, or was when the pool got it. */
  void check() throws IOException {
    if (isConnecting && !isSecured) {
      throw notInForce();
    }
  }

  static IOException notInForce() {
    return new SSLHandshakeException("the servers transport's TLS is not on the connection");
  }

  /** Makes the transport's TLS for a connection that blocks; {@link #secured} once it is on it. */
  SSLSocket handshake(Socket plain, String host, int port) throws IOException {
    if (tls == null) {
      throw notInForce();
    }
    SSLSocket secured = (SSLSocket) tls.socketFactory().createSocket(plain, host, port, true);
    secured.startHandshake();
    return secured;
  }
}
