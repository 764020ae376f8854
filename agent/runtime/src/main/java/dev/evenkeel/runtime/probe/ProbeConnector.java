package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.socket.CurrentSocket;
import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.TlsContext;
import dev.evenkeel.runtime.socket.TlsSockets;
import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of one probe, in plain or through TLS. Confined to one probe thread.
 *
 * @param deadline over every connect and handshake
 * @param socket what the probe's end closes
 * @param tls for servers without a servers transport, and for hosts that one redirects to
 * @param server what is probed
 */
record ProbeConnector(Deadline deadline, CurrentSocket socket, TlsContext tls, ServerSpec server) {

  /**
   * A connection in place of the last.
   *
   * @param protocols offered in a TLS handshake (RFC 7301); none: HTTP/1.1 without being asked
   * @throws IOException if there is none, or the server chose none of the protocols
   */
  Socket connect(ProbeTarget target, String... protocols)
      throws IOException, GeneralSecurityException {
    Socket connected = dial(target);
    if (!target.isTls()) {
      return connected;
    }
    @Nullable ServerTls itsTls =
        target.host().equalsIgnoreCase(server.host()) ? server.tls() : null;
    return TlsSockets.handshake(connected, target.host(), itsTls, tls, deadline, protocols);
  }

  private Socket dial(ProbeTarget target) throws IOException {
    Duration limit = server.timeouts().dial();
    try {
      return socket.connect(target.host(), target.connectPort(), deadline.within(limit));
    } catch (SocketTimeoutException e) {
      throw FailureText.ofLimit("no connection", limit, deadline, e);
    }
  }
}
