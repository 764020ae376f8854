package dev.evenkeel.runtime.mirror;

import dev.evenkeel.balancer.ControlLoop;
import dev.evenkeel.balancer.Ticker;
import dev.evenkeel.balancer.mirror.MirroredCall;
import dev.evenkeel.balancer.mirror.MirroredRequest;
import dev.evenkeel.balancer.spec.TimeoutsSpec;
import dev.evenkeel.runtime.http2.Http2Connection;
import dev.evenkeel.runtime.socket.CurrentSocket;
import dev.evenkeel.runtime.socket.Deadline;
import dev.evenkeel.runtime.socket.DeadlineInput;
import dev.evenkeel.runtime.socket.ResponseHead;
import dev.evenkeel.runtime.socket.TlsContext;
import dev.evenkeel.runtime.socket.TlsSockets;
import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;

/**
 * What is said and heard for one copy: an exchange with the mirror's service as any client has it,
 * a connection of its own for each attempt, and an answer that nobody reads. At the deadline the
 * connection is closed from outside, so that a mirror that does not read outlives it as little as
 * one that does not answer. Thread-safe.
 */
final class MirrorConversations {
  /** Of an answer in HTTP/2, besides its body. */
  private static final int HEADS_BYTES = 64 * 1024;

  private final ControlLoop deadlines;
  private final Ticker ticker;
  private final TlsContext tls;

  MirrorConversations(ControlLoop deadlines, Ticker ticker, TlsContext tls) {
    this.deadlines = deadlines;
    this.ticker = ticker;
    this.tls = tls;
  }

  /** Sends a copy and waits for the end of the answer. What fails is in the mirror's figures. */
  void send(MirroredCall call) {
    CurrentSocket socket = new CurrentSocket();
    ControlLoop.Cancellable timer = deadlines.schedule(HttpMirrorSender.TIMEOUT, socket::close);
    try {
      Deadline deadline = new Deadline(ticker, HttpMirrorSender.TIMEOUT);
      Exchange exchange = call.open();
      boolean isMovable = true;
      while (isMovable && !deadline.isOver()) {
        Attempt attempt = exchange.next();
        isMovable =
            attempt != null
                && new Try(call, attempt, socket, deadline).run() == Outcome.CONNECT_FAILED;
      }
    } finally {
      timer.cancel();
      socket.close();
    }
  }

  /** One attempt. Confined to its thread. */
  private final class Try {
    private final Attempt attempt;
    private final MirroredRequest request;
    private final CurrentSocket socket;
    private final Deadline deadline;
    private final TimeoutsSpec timeouts;

    Try(MirroredCall call, Attempt attempt, CurrentSocket socket, Deadline deadline) {
      this.attempt = attempt;
      this.request = call.request();
      this.timeouts = call.timeouts(attempt);
      this.socket = socket;
      this.deadline = deadline;
    }

    /** The outcome that the attempt was ended with; after a fault of ours it says nothing. */
    Outcome run() {
      Outcome outcome = Outcome.CANCELLED;
      try {
        outcome = talk();
        return outcome;
      } finally {
        attempt.end(outcome);
      }
    }

    private Outcome talk() {
      Socket connected;
      try {
        connected = connect(attempt.server());
      } catch (IOException | GeneralSecurityException e) {
        return Outcome.CONNECT_FAILED;
      }
      repeatToMirrorsOfTheMirror();
      try {
        if (attempt.server().isH2c()) {
          talkHttp2(connected);
        } else {
          talkHttp1(connected);
        }
        return Outcome.COMPLETED;
      } catch (IOException e) {
        return Outcome.IO_FAILED;
      }
    }

    private void talkHttp1(Socket connected) throws IOException {
      MirrorRequestText.write(request, attempt.server(), connected.getOutputStream());
      DeadlineInput in = new DeadlineInput(connected, deadline.within(timeouts.responseHeader()));
      ResponseHead head = ResponseHead.read(in);
      in.until(deadline);
      attempt.answered(head.status());
      DiscardedBody.read(request.method(), head, in);
    }

    private void talkHttp2(Socket connected) throws IOException {
      Http2Connection connection =
          new Http2Connection(connected, deadline, DiscardedBody.MAX_BYTES + HEADS_BYTES);
      MirrorRequestBlock.send(request, attempt.server(), connection);
      connection.until(deadline.within(timeouts.responseHeader()));
      ResponseHead head = connection.head();
      connection.until(deadline);
      attempt.answered(head.status());
      connection.skipBody(DiscardedBody.MAX_BYTES);
      connection.end();
    }

    private Socket connect(Server server) throws IOException, GeneralSecurityException {
      Socket plain = socket.connect(server.host(), server.port(), deadline.within(timeouts.dial()));
      return server.scheme().equals("https")
          ? TlsSockets.handshake(plain, server.host(), server.tls(), tls, deadline)
          : plain;
    }

    private void repeatToMirrorsOfTheMirror() {
      RequestCopy copy = attempt.copy();
      if (copy != null) {
        request.repeatTo(copy);
      }
    }
  }
}
