package dev.evenkeel.runtime.probe;

import dev.evenkeel.balancer.spec.HealthCheckSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.runtime.http2.Http2Connection;
import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.DeadlineInput;
import dev.evenkeel.runtime.socket.ResponseHead;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a probe says and hears, redirects included. Redirects are followed as Go's client does,
 * which Traefik uses. Confined to one probe thread.
 */
final class ProbeConversation {
  private static final int MAX_REDIRECTS = 10;

  private final HealthCheckSpec check;
  private final Deadline deadline;
  private final ProbeConnector connector;

  ProbeConversation(HealthCheckSpec check, Deadline deadline, ProbeConnector connector) {
    this.check = check;
    this.deadline = deadline;
    this.connector = connector;
  }

  /**
   * Asks a server, and those it redirects to.
   *
   * @return the answer to judge
   */
  ResponseHead ask(ServerSpec server) throws IOException, GeneralSecurityException {
    ProbeTarget target = ProbeTarget.of(server, check);
    ProbeRequest request = ProbeRequest.of(check);
    for (int redirects = 0; ; redirects++) {
      ResponseHead head = exchange(target, request);
      @Nullable String location = check.followRedirects() ? redirectLocation(head) : null;
      if (location == null) {
        return head;
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
    Socket connected = connector.connect(target);
    Duration limit = connector.server().timeouts().responseHeader();
    try {
      return target.isH2c()
          ? inHttp2(request.encodeHttp2(target), connected, limit)
          : inHttp1(request.encode(target), connected, limit);
    } catch (SocketTimeoutException e) {
      throw FailureText.ofLimit("no response", limit, deadline, e);
    }
  }

  private ResponseHead inHttp1(byte[] request, Socket connected, Duration limit)
      throws IOException {
    connected.getOutputStream().write(request);
    connected.getOutputStream().flush();
    return ResponseHead.read(new DeadlineInput(connected, deadline.within(limit)));
  }

  private ResponseHead inHttp2(byte[] request, Socket connected, Duration limit)
      throws IOException {
    Http2Connection connection = new Http2Connection(connected, deadline.within(limit));
    connection.send(request);
    ResponseHead head = connection.head();
    connection.end();
    return head;
  }

  /** Where it redirects to; null if its status is to be judged. */
  private static @Nullable String redirectLocation(ResponseHead head) {
    int status = head.status();
    String location = head.header("location");
    boolean isRedirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    return isRedirect && location != null && !location.isEmpty() ? location : null;
  }
}
