package dev.evenkeel.runtime.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;

/**
 * Makes the connections of one probe, in plain or through TLS. Confined to one probe thread.
 *
 * @param deadline over every connect and handshake
 * @param socket what the probe's end closes
 */
record ProbeConnector(Deadline deadline, CurrentSocket socket, TlsContext tls) {

  /**
   * A connection in place of the last.
   *
   * @param protocols offered in a TLS handshake (RFC 7301); none: HTTP/1.1 without being asked
   * @throws IOException if there is none, or the server chose none of the protocols
   */
  Socket connect(ProbeTarget target, String... protocols)
      throws IOException, GeneralSecurityException {
    Socket connected = connectPlain(target);
    return target.isTls()
        ? TlsSockets.handshake(connected, target, tls.get(), deadline, protocols)
        : connected;
  }

  /** Tries all addresses of a name; each may take its share of the time that is left. */
  private Socket connectPlain(ProbeTarget target) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(target.host());
    IOException failure = null;
    for (int i = 0; i < addresses.length; i++) {
      int millis = Math.max(1, deadline.remainingMillis() / (addresses.length - i));
      Socket opened = socket.open();
      try {
        opened.connect(new InetSocketAddress(addresses[i], target.connectPort()), millis);
        opened.setTcpNoDelay(true);
        return opened;
      } catch (IOException e) {
        boolean isFirstReason = failure == null || failure instanceof SocketTimeoutException;
        failure = isFirstReason ? e : failure;
      }
    }
    throw failure == null ? new UnknownHostException(target.host()) : failure;
  }
}
