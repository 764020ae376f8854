package dev.evenkeel.httpclient5;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ssl.TlsCiphers;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.ssl.ApplicationProtocol;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer;
import org.apache.hc.core5.reactor.ssl.SSLSessionVerifier;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How an asynchronous connection begins a transport's TLS. The engine comes from the transport with
 * all but the protocols above it, and the name is verified within the handshake; what is left is
 * what HTTP/2 asks for: RFC 9113, section 9.2.2. Immutable.
 *
 * @param policy the client's, as narrow as the transport has it
 */
record TlsStart(
    NamedEndpoint endpoint,
    HttpVersionPolicy policy,
    @Nullable Timeout timeout,
    FutureCallback<TransportSecurityLayer> callback)
    implements SSLSessionInitializer, SSLSessionVerifier {

  @Override
  public void initialize(NamedEndpoint asked, SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(protocols());
    engine.setSSLParameters(parameters);
  }

  private String[] protocols() {
    String http1 = ApplicationProtocol.HTTP_1_1.id;
    String http2 = ApplicationProtocol.HTTP_2.id;
    return switch (policy) {
      case FORCE_HTTP_1 -> new String[] {http1};
      case FORCE_HTTP_2 -> new String[] {http2};
      default -> new String[] {http2, http1};
    };
  }

  @Override
  public TlsDetails verify(NamedEndpoint asked, SSLEngine engine) throws SSLException {
    String agreed = engine.getApplicationProtocol();
    String cipherSuite = engine.getSession().getCipherSuite();
    if (ApplicationProtocol.HTTP_2.id.equals(agreed) && TlsCiphers.isH2Blacklisted(cipherSuite)) {
      throw new SSLHandshakeException(cipherSuite + " is not good enough for HTTP/2");
    }
    return new TlsDetails(engine.getSession(), agreed);
  }
}
