package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a bare connection, puts a transport's TLS on it, and then tells whoever waits for a
 * connection in the client. Immutable.
 */
final class SecuringCallback implements FutureCallback<ManagedAsyncClientConnection> {
  private final @Nullable TransportPass pass;
  private final HttpHost host;
  private final HttpVersionPolicy policy;
  private final @Nullable Timeout timeout;
  private final @Nullable FutureCallback<ManagedAsyncClientConnection> waiting;

  /**
   * @param pass null if nobody knows whose connection it is: then it fails
   * @param timeout the handshake's; null for no limit of its own
   */
  SecuringCallback(
      @Nullable TransportPass pass,
      HttpHost host,
      HttpVersionPolicy policy,
      @Nullable Timeout timeout,
      @Nullable FutureCallback<ManagedAsyncClientConnection> waiting) {
    this.pass = pass;
    this.host = host;
    this.policy = policy;
    this.timeout = timeout;
    this.waiting = waiting;
  }

  @Override
  public void completed(ManagedAsyncClientConnection connection) {
    try {
      AsyncTls.start(
          pass, connection, new TlsStart(host, policy, timeout, new Handshake(connection)));
    } catch (IOException | RuntimeException failure) {
      connection.close(CloseMode.IMMEDIATE);
      failed(failure);
    } catch (Throwable fault) {
      Faults.report(fault);
      // Whoever waits has to hear of it: the reactor would end by it.
      connection.close(CloseMode.IMMEDIATE);
      failed(new IOException(fault));
    }
  }

  @Override
  public void failed(Exception cause) {
    if (waiting != null) {
      waiting.failed(cause);
    }
  }

  @Override
  public void cancelled() {
    if (waiting != null) {
      waiting.cancelled();
    }
  }

  /** Tells how the handshake went. */
  private final class Handshake implements FutureCallback<TransportSecurityLayer> {
    private final ManagedAsyncClientConnection connection;
    private final Timeout readTimeout;

    Handshake(ManagedAsyncClientConnection connection) {
      this.connection = connection;
      this.readTimeout = connection.getSocketTimeout();
    }

    @Override
    public void completed(TransportSecurityLayer secured) {
      connection.setSocketTimeout(readTimeout);
      if (pass != null) {
        pass.secured();
      }
      if (waiting != null) {
        waiting.completed(connection);
      }
    }

    @Override
    public void failed(Exception cause) {
      SecuringCallback.this.failed(cause);
    }

    @Override
    public void cancelled() {
      SecuringCallback.this.cancelled();
    }
  }
}
