package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GatewayStatus;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.SetCookie;
import java.io.IOException;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of one attempt, where the final request leaves and the response first appears: it
 * gives the request its form for the server and reports how the attempt goes. Thread-safe where the
 * client's is.
 */
final class ServerRuntime extends ForwardingRuntime {
  private final ExecRuntime kept;
  private final GuardedAttempt attempt;
  private final @Nullable BalancedCall call;
  private final HttpRoute logicalRoute;
  private final HttpRoute serverRoute;
  private volatile @Nullable JudgedEntity body;
  private volatile boolean answered;
  private volatile @Nullable GivenUp givenUp;

  ServerRuntime(
      ExecRuntime runtime,
      GuardedAttempt attempt,
      @Nullable BalancedCall call,
      Scope logical,
      HttpRoute serverRoute) {
    super(runtime);
    this.kept = logical.execRuntime;
    this.attempt = attempt;
    this.call = call;
    this.logicalRoute = logical.route;
    this.serverRoute = serverRoute;
  }

  @Override
  public ClassicHttpResponse execute(
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context)
      throws IOException, HttpException {
    if (isTooLong(request)) {
      return TooLargeResponse.make();
    }
    ClassicHttpRequest wire = wireForm(request);
    ClassicHttpResponse response;
    try {
      response = super.execute(id, wire, informed, context);
    } catch (Throwable failure) {
      ClassicHttpResponse another = afterFailure(failure, id, request, informed, context);
      if (another == null) {
        throw failure;
      }
      return another;
    }
    return answered(response, id, request, informed, context);
  }

  /**
   * Whether the request may not be sent for the length of its body; if so the attempt has ended.
   */
  boolean isTooLong(ClassicHttpRequest request) {
    boolean isTooLong = call != null && call.isTooLong(request.getEntity());
    if (isTooLong) {
      attempt.end(Outcome.CANCELLED);
    }
    return isTooLong;
  }

  /** The response of another service; null if the failure stands. The attempt has ended. */
  @Nullable ClassicHttpResponse afterFailure(
      Throwable failure,
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context)
      throws IOException, HttpException {
    return isFailureGivenUp(failure, request) ? goOn(id, request, informed, context) : null;
  }

  /** The response for the application: that of the server, unless the call goes on. */
  ClassicHttpResponse answered(
      ClassicHttpResponse response,
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context)
      throws IOException, HttpException {
    attempt.answered(response.getCode(), response, HeaderReader.INSTANCE);
    if (call != null && call.givesUp(response.getCode(), request.getEntity())) {
      attempt.end(Outcome.COMPLETED);
      return goOn(id, request, informed, context);
    }
    if (call != null) {
      call.answerStands();
    }
    report(response);
    return response;
  }

  /** Ends the attempt. */
  private boolean isFailureGivenUp(Throwable failure, ClassicHttpRequest request) {
    Outcome outcome = outcomeOf(failure);
    boolean isGivenUp =
        outcome == Outcome.IO_FAILED
            && call != null
            && call.givesUp(GatewayStatus.of(failure), request.getEntity());
    attempt.end(outcome);
    return isGivenUp;
  }

  private ClassicHttpResponse goOn(
      String id,
      ClassicHttpRequest request,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context)
      throws IOException, HttpException {
    GivenUp away = new GivenUp(Objects.requireNonNull(call), id, informed, context);
    givenUp = away;
    return away.sendAgain(request);
  }

  /** What is sent for a request. Never throws. */
  ClassicHttpRequest wireForm(ClassicHttpRequest request) {
    try {
      ClassicHttpRequest wire =
          WireRequest.of(request, attempt.server(), serverRoute, logicalRoute);
      HttpEntity entity = wire.getEntity();
      HttpEntity sent = entity == null ? null : toSend(entity);
      ClassicHttpRequest whole =
          sent == null || sent == entity ? wire : WireRequest.with(sent, request, wire);
      RequestCopy copy = attempt.copy();
      return copy == null ? whole : WireRequest.copied(request, whole, copy);
    } catch (Throwable fault) {
      Faults.report(fault);
      return request;
    }
  }

  private HttpEntity toSend(HttpEntity entity) {
    JudgedEntity judged = new JudgedEntity(entity);
    body = judged;
    return call == null ? judged : call.toSend(judged);
  }

  /** A request body that fails by itself is no failure of the server's. */
  private Outcome outcomeOf(Throwable failure) {
    JudgedEntity sent = body;
    boolean isExchangeFailure =
        (failure instanceof IOException || failure instanceof HttpException)
            && !(sent != null && sent.hasFailed());
    return isExchangeFailure && !isExecutionAborted() ? Outcome.IO_FAILED : Outcome.CANCELLED;
  }

  private void report(ClassicHttpResponse response) {
    answered = true;
    try {
      addSetCookie(response);
      watchBody(response);
      noteChallenge(response.getCode());
    } catch (Throwable fault) {
      Faults.report(fault);
      attempt.end(Outcome.COMPLETED);
    }
  }

  private void addSetCookie(ClassicHttpResponse response) {
    for (SetCookie c = attempt.setCookies(); c != null; c = c.next()) {
      response.addHeader(HttpHeaders.SET_COOKIE, c.value());
    }
  }

  private void watchBody(ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    if (entity == null || !entity.isStreaming()) {
      attempt.end(Outcome.COMPLETED);
    } else {
      response.setEntity(new WatchedEntity(entity, attempt));
    }
  }

  private void noteChallenge(int status) {
    if (status == HttpStatus.SC_UNAUTHORIZED
        || status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
      KeptConnections.note(kept, attempt, logicalRoute);
    }
  }

  /** Nobody will report on this attempt, or those that followed it, any more. */
  void abandon() {
    GivenUp away = givenUp;
    ServerRuntime following = away == null ? null : away.following();
    if (following != null) {
      following.abandon();
    } else {
      attempt.end(Outcome.CANCELLED);
    }
  }

  @Override
  public void releaseEndpoint() {
    super.releaseEndpoint();
    endIfAnswered();
  }

  @Override
  public void discardEndpoint() {
    super.discardEndpoint();
    endIfAnswered();
  }

  /** Covers a body that the application's own handlers replaced, so that nobody reads ours. */
  void endIfAnswered() {
    GivenUp away = givenUp;
    ServerRuntime following = away == null ? null : away.following();
    if (following != null) {
      following.endIfAnswered();
    } else if (answered) {
      attempt.end(Outcome.COMPLETED);
    }
  }
}
