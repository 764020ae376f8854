package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** How far an asynchronous attempt has come, which decides what its end means. Thread-safe. */
final class AttemptProgress {
  private final GuardedAttempt attempt;
  private volatile boolean isConnected;
  private volatile boolean isSent;
  private volatile boolean isRefusedUnsent;
  private volatile boolean isBroken;
  private volatile boolean isCancelled;
  private volatile int status;

  /** Null until a body is about to be sent. */
  private volatile @Nullable SentLength body;

  AttemptProgress(GuardedAttempt attempt) {
    this.attempt = attempt;
  }

  GuardedAttempt attempt() {
    return attempt;
  }

  /** The connecting step is through. */
  void connected() {
    isConnected = true;
  }

  boolean isConnected() {
    return isConnected;
  }

  /** The connection asks for the request: from now on something may have been sent. */
  void sending() {
    isSent = true;
  }

  /** The connection is about to get a request with a body. */
  void sendingBody(HttpRequest wire) {
    body = new SentLength(wire);
  }

  /** The connection took a part of the body. */
  void taken(int bytes) {
    SentLength length = body;
    if (length != null) {
      length.taken(bytes);
    }
  }

  /** How much of the body the connection took. */
  long takenBytes() {
    SentLength length = body;
    return length == null ? 0 : length.takenBytes();
  }

  /** The body is at its end. */
  void bodyEnded() {
    SentLength length = body;
    if (length != null) {
      length.ended();
    }
  }

  private boolean isBodyShort() {
    SentLength length = body;
    return length != null && length.isShort();
  }

  void answered(HttpResponse response) {
    status = response.getCode();
    attempt.answered(status, response, HeaderReader.INSTANCE);
  }

  /** Adds the cookies of the attempt's sessions to its answer. */
  void addSetCookie(HttpResponse response) {
    for (SetCookie c = attempt.setCookies(); c != null; c = c.next()) {
      response.addHeader(HttpHeaders.SET_COOKIE, c.value());
    }
  }

  /** True after an answer to which the client may repeat its request, with credentials. */
  boolean isChallenged() {
    return status == HttpStatus.SC_UNAUTHORIZED
        || status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
  }

  /** The application gave up the call. */
  void cancelled() {
    isCancelled = true;
    attempt.end(Outcome.CANCELLED);
  }

  /** The connection took no more of the request. */
  void broken() {
    isBroken = true;
  }

  /** The request's body could not be written: by itself, unless the connection was the reason. */
  void bodyFailed(Throwable failure) {
    if (!isBroken) {
      FailedBodies.note(failure);
      cancelled();
    }
  }

  /** The connection failed under the exchange. */
  void connectionFailed(Exception cause) {
    if (!isSent) {
      isRefusedUnsent = true;
    } else {
      attempt.end(outcomeOf(cause));
    }
  }

  /** What a failure of the connection means: nothing, if some request's body was its reason. */
  Outcome outcomeOf(Exception cause) {
    return isServersFailure(cause) && !FailedBodies.isOne(cause)
        ? Outcome.IO_FAILED
        : Outcome.CANCELLED;
  }

  /** Whether {@code cause} means that the exchange failed, when something may have been sent. */
  boolean isServersFailure(Exception cause) {
    boolean isExchangeFailure = cause instanceof IOException || cause instanceof HttpException;
    return isSent && isExchangeFailure && !isCancelled && !isBodyShort();
  }

  void end(Outcome outcome) {
    attempt.end(outcome);
  }

  /** Nobody will report on this attempt any more. */
  void released() {
    attempt.end(status == 0 ? Outcome.CANCELLED : Outcome.COMPLETED);
  }

  /**
   * Whether {@code cause} means that there was no connection and nothing was sent. A lease that
   * timed out is the client's own limit, and a plain {@link InterruptedIOException} is how the
   * client words a cancelled operation.
   */
  boolean isConnectFailure(Exception cause) {
    return (!isConnected || isRefusedUnsent)
        && !isCancelled
        && cause instanceof IOException
        && !(cause instanceof ConnectionRequestTimeoutException)
        && cause.getClass() != InterruptedIOException.class;
  }
}
