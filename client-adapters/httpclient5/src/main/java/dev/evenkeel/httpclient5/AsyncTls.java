package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a transport's TLS on what the asynchronous client's operator connects: it makes a bare
 * connection for a scheme that it does not know, and whoever waits for it is told later, when TLS
 * stands. Thread-safe: stateless.
 */
final class AsyncTls {
  private AsyncTls() {}

  /**
   * Before a connection is made.
   *
   * @param arguments the operator's: its host second, who waits last
   * @return other arguments in place of these, all in one; null to change nothing
   */
  @SuppressWarnings("unchecked")
  static Object @Nullable [] connecting(Object[] arguments) {
    HttpHost host = (HttpHost) arguments[1];
    if (PriorKnowledge.isMeant(host)) {
      return PriorKnowledge.connecting(arguments);
    }
    int last = arguments.length - 1;
    Object waiting = arguments[last];
    if (!TransportPass.isMeant(host) || waiting instanceof SecuringCallback) {
      return null;
    }
    Object[] changed = arguments.clone();
    changed[last] =
        new SecuringCallback(
            TransportPass.connecting(host),
            host,
            TlsMembers.versionPolicy(arguments),
            TlsMembers.handshakeTimeout(arguments),
            (FutureCallback<ManagedAsyncClientConnection>) waiting);
    return new Object[] {changed};
  }

  /**
   * In place of the operator's own upgrade, in a tunnel.
   *
   * @param arguments the operator's: the connection, its host, who waits last if anybody does
   * @return whether the operator has nothing left to do
   */
  @SuppressWarnings("unchecked")
  static boolean upgrade(Object[] arguments) {
    HttpHost host = (HttpHost) arguments[1];
    if (!TransportPass.isMeant(host)) {
      return false;
    }
    TransportPass pass = TransportPass.current(host);
    if (pass != null && pass.tls() == null) {
      if (TlsMembers.canStartTls()) {
        pass.secured();
      }
      return true;
    }
    FutureCallback<ManagedAsyncClientConnection> waiting =
        arguments[arguments.length - 1] instanceof FutureCallback<?> callback
            ? (FutureCallback<ManagedAsyncClientConnection>) callback
            : null;
    new SecuringCallback(pass, host, TlsMembers.versionPolicy(arguments), null, waiting)
        .completed((ManagedAsyncClientConnection) arguments[0]);
    return true;
  }

  /**
   * True if there is no TLS on the connection of an exchange that is about to be sent. The context
   * is asked last: an application may share one among calls, which write into it in turn.
   */
  static boolean isBare(Scope logical) {
    AsyncExecRuntime runtime = logical.execRuntime;
    if (runtime instanceof MinimalAsyncRuntime minimal
        && minimal.session() instanceof TransportSecurityLayer layer) {
      return layer.getTlsDetails() == null;
    }
    Boolean isSecured = LaterMembers.isSecured(runtime);
    return isSecured == null ? logical.clientContext.getSSLSession() == null : !isSecured;
  }

  /**
   * Begins TLS on a connection; the callback of {@code start} is told of all but what is thrown.
   */
  static void start(@Nullable TransportPass pass, TransportSecurityLayer connection, TlsStart start)
      throws IOException {
    ServerTls tls = pass == null ? null : pass.tls();
    if (tls == null) {
      throw TransportPass.notInForce();
    }
    if (tls.isHttp2Allowed()) {
      TlsMembers.startTls(connection, tls.context(), start);
      return;
    }
    if (start.policy() == HttpVersionPolicy.FORCE_HTTP_2) {
      throw new SSLHandshakeException(
          "the servers transport forbids HTTP/2, and the client speaks nothing else");
    }
    TlsMembers.startTls(
        connection,
        tls.context(),
        new TlsStart(
            start.endpoint(), HttpVersionPolicy.FORCE_HTTP_1, start.timeout(), start.callback()));
  }
}
