package dev.evenkeel.httpasyncclient4;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.SetCookie;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a handler, from its wish for a connection to the end of the answer. One thread at
 * a time uses it, as the handler, but {@link #end()} may come from any. Not thread-safe otherwise.
 */
final class BalancedCall {
  private final Exchange exchange;
  private final HttpRoute logicalRoute;
  private final SentBody body;

  /** Weak, because the application's request may refer to its handler, the key of this value. */
  private final WeakReference<HttpRequestWrapper> request;

  /** The attempt whose failure one thread has taken on; two may learn of it at once. */
  private final AtomicReference<@Nullable GuardedAttempt> claimed = new AtomicReference<>();

  private volatile @Nullable GuardedAttempt attempt;
  private volatile HttpRoute serverRoute;
  private volatile long sentBefore;
  private volatile boolean isSent;
  private volatile boolean isAnswered;
  private volatile boolean isRepeat;
  private volatile boolean isComplete;
  private volatile boolean isGivenUp;
  private volatile boolean isAnswerGivenUp;

  BalancedCall(Exchange exchange, HttpRequestWrapper request, HttpRoute logicalRoute) {
    this.exchange = exchange;
    this.body = new SentBody(exchange);
    this.request = new WeakReference<>(request);
    this.logicalRoute = logicalRoute;
    this.serverRoute = logicalRoute;
  }

  /**
   * Begins an attempt on a server that was not tried yet.
   *
   * @return false if none is left
   */
  boolean begin() {
    Attempt next = exchange.next();
    if (next == null) {
      return false;
    }
    GuardedAttempt begun = new GuardedAttempt(next, HttpAsyncClient4Adapter.NAME);
    attempt = begun;
    isSent = false;
    isAnswered = false;
    isAnswerGivenUp = false;
    try {
      serverRoute = ServerRoutes.to(begun.server(), logicalRoute);
    } catch (Throwable fault) {
      begun.end(Outcome.CANCELLED);
      throw fault;
    }
    endIfGivenUp(begun);
    return true;
  }

  /** The one under way, to be told from others; null after a fault of ours. */
  @Nullable Object attempt() {
    return attempt;
  }

  ConnectException unavailable() {
    return exchange.unavailable();
  }

  /** True for the first that tells of the current attempt's failure, or if there is none. */
  boolean claimFailure() {
    GuardedAttempt failed = attempt;
    GuardedAttempt before = claimed.get();
    return failed == null || (before != failed && claimed.compareAndSet(before, failed));
  }

  /** After a fault of ours the call goes on as the application made it, if it goes on. */
  void leaveAlone() {
    end(Outcome.CANCELLED);
    attempt = null;
    serverRoute = logicalRoute;
    isSent = false;
  }

  /** An end that came while the attempt was begun has not ended it. */
  private void endIfGivenUp(GuardedAttempt begun) {
    if (isGivenUp) {
      begun.end(Outcome.CANCELLED);
    }
  }

  /** False for the request of a redirect; the client's {@code CONNECT} is on the way to ours. */
  boolean isFor(@Nullable HttpRequestWrapper other) {
    return other == null || request.refersTo(other) || WireRequest.isConnect(other);
  }

  HttpRoute logicalRoute() {
    return logicalRoute;
  }

  HttpRoute serverRoute() {
    return serverRoute;
  }

  /** That of the server; null where the application's own TLS is spoken, or none. */
  @Nullable ServerTls transport() {
    GuardedAttempt begun = attempt;
    return begun == null ? null : begun.server().tls();
  }

  /** True from when the connection asked for the request: some of it may have been sent. */
  boolean isSent() {
    return isSent;
  }

  /** What the connection had sent before it asked for the request; -1 if nobody knows. */
  long sentBefore() {
    return sentBefore;
  }

  boolean isComplete() {
    return isComplete;
  }

  SentBody body() {
    return body;
  }

  /** The request as the client has it; null once the client has lost it. */
  @Nullable HttpRequestWrapper request() {
    return request.get();
  }

  /** False after an answer, be it a challenge: another server could not know it. */
  boolean isMovable() {
    return attempt != null && !isAnswered && !isRepeat && !isGivenUp;
  }

  /**
   * The request as it goes to the wire; {@code logical} itself where nothing differs.
   *
   * @param sentBytes by its connection, so far
   * @param isRepeatable true if the application can write its body more than once
   */
  HttpRequest sending(HttpRequest logical, long sentBytes, boolean isRepeatable) {
    GuardedAttempt sent = attempt;
    isSent = true;
    sentBefore = sentBytes;
    body.begin(logical, isRepeatable);
    if (sent == null) {
      return logical;
    }
    HttpRequest wire = logical;
    try {
      wire = WireRequest.of(logical, sent.server(), serverRoute, logicalRoute);
      RequestCopy due = sent.copy();
      if (due != null && Copies.begin(due, logical, logicalRoute, wire)) {
        body.copyTo(due);
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
    return wire;
  }

  /**
   * Asks whether what came is given up for what another service answers; not where the client goes
   * on with the connection that it has, nor where the request cannot be sent again.
   *
   * @param status of the answer, or what a proxy would answer after a failure
   */
  boolean givesUp(int status) {
    try {
      return isSent && isMovable() && body.isRepeatable() && exchange.giveUp(status);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * Reports an answer that is given up.
   *
   * @return what its connection is to end with: the client makes nothing of the answer then
   */
  IOException giveUp(HttpResponse response) {
    GuardedAttempt sent = attempt;
    int status = response.getStatusLine().getStatusCode();
    if (sent != null) {
      sent.answered(status, response, HeaderReader.INSTANCE);
    }
    end(Outcome.COMPLETED);
    isAnswerGivenUp = true;
    return new IOException("response " + status + " is given up for another service's");
  }

  boolean isAnswerGivenUp() {
    return isAnswerGivenUp;
  }

  void answered(HttpResponse response) {
    GuardedAttempt sent = attempt;
    isAnswered = true;
    if (sent != null) {
      sent.answered(response.getStatusLine().getStatusCode(), response, HeaderReader.INSTANCE);
      for (SetCookie c = sent.setCookies(); c != null; c = c.next()) {
        response.addHeader("Set-Cookie", c.value());
      }
    }
  }

  /** The same request goes to the same server again, with credentials. */
  void repeat() {
    GuardedAttempt challenged = attempt;
    if (challenged == null) {
      return;
    }
    challenged.end(Outcome.COMPLETED);
    try {
      GuardedAttempt again = challenged.again();
      attempt = again;
      isRepeat = true;
      isSent = false;
      isAnswered = false;
      endIfGivenUp(again);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  void complete() {
    isComplete = true;
    end(Outcome.COMPLETED);
  }

  /** No connection was made. */
  void refused() {
    end(Outcome.CONNECT_FAILED);
  }

  void fail(@Nullable Exception failure) {
    boolean isOfTheExchange = failure instanceof IOException || failure instanceof HttpException;
    boolean isServers = isOfTheExchange && isSent && !body.isShort();
    end(isServers ? Outcome.IO_FAILED : Outcome.CANCELLED);
  }

  /** The end of all; an answer that was given up half-way is one all the same. */
  void end() {
    isGivenUp = true;
    end(isAnswered ? Outcome.COMPLETED : Outcome.CANCELLED);
  }

  private void end(Outcome outcome) {
    body.forgetCopy();
    GuardedAttempt current = attempt;
    if (current != null) {
      current.end(outcome);
    }
  }
}
