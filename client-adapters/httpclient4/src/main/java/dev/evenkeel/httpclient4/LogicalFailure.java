package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import org.apache.http.HttpHost;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.HttpHostConnectException;
import org.apache.http.conn.UnsupportedSchemeException;

/**
 * What the client says of a connection to a server with a transport that it could not make, said of
 * the logical host: the scheme of the server's route is the adapter's own. Stateless. Thread-safe.
 */
final class LogicalFailure {
  private LogicalFailure() {}

  /** {@code failure} itself where it names no host. */
  static IOException of(IOException failure, ServerTls tls, HttpHost logical) {
    IOException told = said(failure, tls, logical);
    if (told != failure) {
      told.setStackTrace(failure.getStackTrace());
      for (Throwable suppressed : failure.getSuppressed()) {
        told.addSuppressed(suppressed);
      }
    }
    return told;
  }

  private static IOException said(IOException failure, ServerTls tls, HttpHost logical) {
    if (failure instanceof UnsupportedSchemeException) {
      String text = String.valueOf(failure.getMessage());
      return new UnsupportedSchemeException(text.replace(TransportLayers.scheme(tls), "https"));
    }
    if (failure.getCause() instanceof IOException cause) {
      if (failure.getClass() == HttpHostConnectException.class) {
        return new HttpHostConnectException(cause, logical);
      }
      if (failure.getClass() == ConnectTimeoutException.class) {
        return new ConnectTimeoutException(cause, logical);
      }
    }
    return failure;
  }
}
