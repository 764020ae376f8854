package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * What a probe says and hears, redirects included. Redirects are followed as Go's client does,
 * which Traefik uses. Confined to one probe thread.
 */
final class ProbeConversation {
  private static final int MAX_REDIRECTS = 10;

  private final HealthCheckSpec check;
  private final Deadline deadline;
  private final CurrentSocket socket;
  private final TlsContext tls;

  ProbeConversation(
      HealthCheckSpec check, Deadline deadline, CurrentSocket socket, TlsContext tls) {
    this.check = check;
    this.deadline = deadline;
    this.socket = socket;
    this.tls = tls;
  }

  /**
   * Asks a server, and those it redirects to.
   *
   * @return the status to judge, 100..999
   */
  int ask(ServerSpec server) throws IOException, GeneralSecurityException {
    ProbeTarget target = ProbeTarget.of(server, check);
    ProbeRequest request = ProbeRequest.of(check);
    for (int redirects = 0; ; redirects++) {
      ResponseHead head = exchange(target, request);
      @Nullable String location = check.followRedirects() ? head.redirectLocation() : null;
      if (location == null) {
        return head.status();
      }
      if (redirects == MAX_REDIRECTS) {
        throw new IOException("more than " + MAX_REDIRECTS + " redirects");
      }
      ProbeTarget next = target.redirectedTo(location);
      request = request.redirected(head.status(), location, target, next);
      target = next;
    }
  }

  private ResponseHead exchange(ProbeTarget target, ProbeRequest request)
      throws IOException, GeneralSecurityException {
    Socket connected = connect(target);
    if (target.isTls()) {
      connected = TlsSockets.handshake(connected, target, tls.get(), deadline);
    }
    connected.getOutputStream().write(request.encode(target));
    connected.getOutputStream().flush();
    return ResponseHead.read(new DeadlineInput(connected, deadline));
  }

  /** Tries all addresses of a name; each may take its share of the time that is left. */
  private Socket connect(ProbeTarget target) throws IOException {
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
