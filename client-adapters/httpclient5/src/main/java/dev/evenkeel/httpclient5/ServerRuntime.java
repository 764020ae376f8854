package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.SetCookie;
import java.io.IOException;
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
  private final ExecRuntime runtime;
  private final GuardedAttempt attempt;
  private final HttpRoute logicalRoute;
  private final HttpRoute serverRoute;
  private volatile boolean answered;

  ServerRuntime(ExecRuntime runtime, GuardedAttempt attempt, Scope logical, HttpRoute serverRoute) {
    super(runtime);
    this.runtime = runtime;
    this.attempt = attempt;
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
    ClassicHttpRequest wire = wireForm(request);
    ClassicHttpResponse response;
    try {
      response = super.execute(id, wire, informed, context);
    } catch (Throwable failure) {
      attempt.end(outcomeOf(failure));
      throw failure;
    }
    report(response);
    return response;
  }

  private ClassicHttpRequest wireForm(ClassicHttpRequest request) {
    try {
      ClassicHttpRequest wire =
          WireRequest.of(request, attempt.server(), serverRoute, logicalRoute);
      RequestCopy copy = attempt.copy();
      return copy == null ? wire : WireRequest.copied(request, wire, copy);
    } catch (Throwable fault) {
      Faults.report(fault);
      return request;
    }
  }

  private Outcome outcomeOf(Throwable failure) {
    boolean isExchangeFailure = failure instanceof IOException || failure instanceof HttpException;
    return isExchangeFailure && !isExecutionAborted() ? Outcome.IO_FAILED : Outcome.CANCELLED;
  }

  private void report(ClassicHttpResponse response) {
    answered = true;
    try {
      attempt.answered(response.getCode(), response, HeaderReader.INSTANCE);
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
      KeptConnections.note(runtime, attempt, logicalRoute);
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
  private void endIfAnswered() {
    if (answered) {
      attempt.end(Outcome.COMPLETED);
    }
  }
}
