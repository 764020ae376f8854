package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a bare session, puts a transport's TLS on it, and then tells the pool that it was made
 * for. Immutable.
 *
 * @param pass null if nobody knows the transport: then it fails
 * @param timeout the handshake's; null for no limit of its own
 */
record SecuringSession(
    @Nullable TransportPass pass,
    HttpHost host,
    @Nullable Timeout timeout,
    FutureCallback<IOSession> pool)
    implements FutureCallback<IOSession> {

  @Override
  public void completed(IOSession session) {
    try {
      if (!(session instanceof TransportSecurityLayer layer)) {
        throw TransportPass.notInForce();
      }
      AsyncTls.start(
          pass,
          layer,
          new TlsStart(host, HttpVersionPolicy.FORCE_HTTP_2, timeout, new Handshake(session)));
    } catch (IOException | RuntimeException failure) {
      refuse(session, failure);
    } catch (Throwable fault) {
      Faults.report(fault);
      // Whoever waits has to hear of it: the reactor would end by it.
      refuse(session, new IOException(fault));
    }
  }

  private void refuse(IOSession session, Exception failure) {
    session.close(CloseMode.IMMEDIATE);
    pool.failed(failure);
  }

  @Override
  public void failed(Exception cause) {
    pool.failed(cause);
  }

  @Override
  public void cancelled() {
    pool.cancelled();
  }

  /** Tells how the handshake went. */
  private final class Handshake implements FutureCallback<TransportSecurityLayer> {
    private final IOSession session;
    private final Timeout readTimeout;

    Handshake(IOSession session) {
      this.session = session;
      this.readTimeout = session.getSocketTimeout();
    }

    @Override
    public void completed(TransportSecurityLayer secured) {
      session.setSocketTimeout(readTimeout);
      if (pass != null) {
        pass.secured();
      }
      pool.completed(session);
    }

    @Override
    public void failed(Exception cause) {
      refuse(session, cause);
    }

    @Override
    public void cancelled() {
      pool.cancelled();
    }
  }
}
