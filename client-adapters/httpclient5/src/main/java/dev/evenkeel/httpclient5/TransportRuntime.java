package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.security.Principal;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of an attempt at a server with a transport, which connects for its pass. Thread-safe
 * where the client's is.
 */
final class TransportRuntime extends ForwardingRuntime {
  private final TransportPass pass;
  private final HttpClientContext context;
  private final HttpHost target;

  TransportRuntime(Scope logical, TransportPass pass) {
    super(logical.execRuntime);
    this.pass = pass;
    this.context = logical.clientContext;
    this.target = logical.route.getTargetHost();
  }

  @Override
  public void connectEndpoint(HttpClientContext connecting) throws IOException {
    pass.connecting();
    TransportPass before = pass.enter();
    try {
      super.connectEndpoint(connecting);
    } catch (IOException failure) {
      throw LogicalFailure.of(failure, target);
    } finally {
      TransportPass.leave(before);
    }
  }

  @Override
  public void upgradeTls(HttpClientContext upgrading) throws IOException {
    TransportPass before = pass.enter();
    try {
      super.upgradeTls(upgrading);
    } finally {
      TransportPass.leave(before);
    }
  }

  /** A connection that is gone is not made again here, below the steps that know the way. */
  @Override
  public ClassicHttpResponse execute(
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext executing)
      throws IOException, HttpException {
    if (!Method.CONNECT.isSame(request.getMethod()) && !isEndpointConnected()) {
      throw new ConnectionClosedException();
    }
    return super.execute(id, request, informed, executing);
  }

  @Override
  public void markConnectionReusable(@Nullable Object state, TimeValue validityTime) {
    super.markConnectionReusable(ofAnybody(state, context), validityTime);
  }

  /**
   * The state of a connection that is kept: none where it is the certificate that the transport
   * shows to servers. The client would keep the connection for that user, and the next call, which
   * has no user yet, would not find it; every call of the transport shows that certificate.
   */
  static @Nullable Object ofAnybody(@Nullable Object state, HttpClientContext context) {
    try {
      SSLSession session = context.getSSLSession();
      Principal shown = session == null ? null : session.getLocalPrincipal();
      if (shown == null || !shown.equals(state)) {
        return state;
      }
      if (shown.equals(context.getUserToken())) {
        context.setUserToken(null);
      }
      return null;
    } catch (Throwable fault) {
      Faults.report(fault);
      return state;
    }
  }
}
