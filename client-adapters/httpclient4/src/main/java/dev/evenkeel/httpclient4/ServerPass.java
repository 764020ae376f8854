package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.GatewayStatus;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.ServerTls;
import dev.evenkeel.spi.SetCookie;
import java.io.IOException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.NonRepeatableRequestException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a pass through the hooked step with the server's route. Not thread-safe; one per
 * attempt.
 */
final class ServerPass {
  private static final ThreadLocal<@Nullable ServerPass> CURRENT = new ThreadLocal<>();

  private final @Nullable ServerPass outer;
  private final GuardedAttempt attempt;
  private final BalancedCall call;
  private final LogicalCall logical;
  private final HttpRoute route;
  private final WireForm wireForm;
  private final ServerExecution execution;
  private boolean isJudged;
  private boolean isAnswerGivenUp;

  private ServerPass(GuardedAttempt attempt, BalancedCall call, LogicalCall logical) {
    this.attempt = attempt;
    this.call = call;
    this.logical = logical;
    this.route = ServerRoutes.to(attempt.server(), logical.route());
    this.execution = new ServerExecution(attempt, logical.execution());
    this.wireForm = new WireForm(logical, route);
    wireForm.putOn(attempt.server());
    // A body or a connection of the application's may make a call of its own meanwhile.
    this.outer = CURRENT.get();
    CURRENT.set(this);
  }

  /**
   * The pass to the server of {@code attempt}, with the request in its form for that server. A
   * fault on the way ends the attempt.
   */
  static ServerPass to(GuardedAttempt attempt, BalancedCall call, LogicalCall logical) {
    try {
      return new ServerPass(attempt, call, logical);
    } catch (Throwable fault) {
      attempt.end(Outcome.CANCELLED);
      throw fault;
    }
  }

  /** The pass in which this thread sends {@code request}; null if it is none of ours. */
  static @Nullable ServerPass sending(HttpRequest request) {
    ServerPass current = CURRENT.get();
    return current != null && current.logical.request() == request ? current : null;
  }

  /** The pass that this thread is in; null for none. */
  static @Nullable ServerPass current() {
    return CURRENT.get();
  }

  /** What is sent; null if the request has no body. */
  @Nullable SentBody body() {
    return call.body();
  }

  /** Where to repeat the request that is written now; null if there is no mirror for it. */
  @Nullable RequestCopy copy() {
    return attempt.copy();
  }

  /** As a {@code Host} header has it. */
  String logicalHost() {
    return wireForm.logicalHost();
  }

  /** As {@link WireForm#plainTarget}. */
  @Nullable String plainTarget() {
    return wireForm.plainTarget();
  }

  /** Path and query as the application has them. */
  String logicalTarget(HttpRequest sent) {
    return wireForm.logicalTarget(sent);
  }

  /** That of the server; null where the application's own TLS is spoken, or none. */
  @Nullable ServerTls transport() {
    return attempt.server().tls();
  }

  HttpRoute route() {
    return route;
  }

  ServerExecution execution() {
    return execution;
  }

  /** True if the body is too long to be sent to the server; then the attempt is over. */
  boolean isRefused() {
    SentBody body = call.body();
    boolean isTooLong = body != null && body.isTooLong();
    if (isTooLong) {
      leave();
      attempt.end(Outcome.CANCELLED);
    }
    return isTooLong;
  }

  Ending run() {
    return settle(Ending.of(logical, route, execution));
  }

  /** Gives the request its logical form back, and reports how the attempt went. */
  Ending settle(Ending ending) {
    boolean isConnected = logical.isMinimal() ? wireForm.isSent() : execution.isConnected();
    leave();
    Throwable thrown = ending.thrown();
    CloseableHttpResponse returned = ending.returned();
    if (isAnswerGivenUp) {
      return givenUp(ending);
    }
    if (!isConnected) {
      boolean isRefused = thrown == null ? isRefusedByProxy(returned) : isConnectFailure(thrown);
      attempt.end(isRefused ? Outcome.CONNECT_FAILED : Outcome.CANCELLED);
      return ending.told(transport(), logical.route().getTargetHost()).movable(isRefused);
    }
    if (thrown != null || returned == null) {
      attempt.end(isExchangeFailure(thrown) ? Outcome.IO_FAILED : Outcome.CANCELLED);
      return ending;
    }
    return new Ending(reported(returned), null);
  }

  /**
   * Judges what came back first. An answer to a challenge is the last word of the exchange. Where
   * an executor of the application's own sends a request anew that was given up, nothing came back.
   *
   * @param thrown what came instead of a response
   * @return what the step is to end with, where a response is given up; null to change nothing
   */
  @Nullable IOException judge(@Nullable HttpResponse response, @Nullable Throwable thrown) {
    if (isJudged) {
      return isAnswerGivenUp ? GivenUp.again() : null;
    }
    isJudged = true;
    if (response == null) {
      isAnswerGivenUp =
          thrown != null && isExchangeFailure(thrown) && call.givesUp(GatewayStatus.of(thrown));
      return null;
    }
    int status = response.getStatusLine().getStatusCode();
    isAnswerGivenUp = call.givesUp(status);
    if (!isAnswerGivenUp) {
      return null;
    }
    attempt.answered(status, response, HeaderReader.INSTANCE);
    attempt.end(Outcome.COMPLETED);
    return GivenUp.exception(status);
  }

  /** True from the moment on that what came back was given up. */
  boolean isAnswerGivenUp() {
    return isAnswerGivenUp;
  }

  private Ending givenUp(Ending ending) {
    attempt.end(Outcome.IO_FAILED); // Unless it ended with a response.
    try {
      wireForm.takeOffAdded();
      CloseableHttpResponse ofAnExecutor = ending.returned();
      if (ofAnExecutor != null) {
        ofAnExecutor.close();
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
    return ending.movable(true);
  }

  private void leave() {
    CURRENT.set(outer);
    try {
      wireForm.takeOff();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** A response although nothing was connected is the proxy's answer to our CONNECT. */
  private static boolean isRefusedByProxy(@Nullable CloseableHttpResponse returned) {
    return returned != null
        && returned.getStatusLine().getStatusCode() >= HttpStatus.SC_INTERNAL_SERVER_ERROR;
  }

  /** A lease that was refused or timed out is the client's own limit, not the server's failure. */
  private boolean isConnectFailure(Throwable thrown) {
    return thrown instanceof IOException && execution.isLeased() && !isGivenUp();
  }

  /**
   * A body that cannot be sent again, after a challenge, or that fails by itself, is no failure of
   * the server's.
   */
  private boolean isExchangeFailure(@Nullable Throwable thrown) {
    SentBody body = call.body();
    return (thrown instanceof IOException || thrown instanceof HttpException)
        && !(thrown instanceof NonRepeatableRequestException)
        && !(body != null && body.hasFailed())
        && !isGivenUp();
  }

  private boolean isGivenUp() {
    return execution.isGivenUp() || Thread.currentThread().isInterrupted();
  }

  private CloseableHttpResponse reported(CloseableHttpResponse response) {
    try {
      int status = response.getStatusLine().getStatusCode();
      attempt.answered(status, response, HeaderReader.INSTANCE);
      for (SetCookie c = attempt.setCookies(); c != null; c = c.next()) {
        response.addHeader("Set-Cookie", c.value());
      }
      return watched(response);
    } catch (Throwable fault) {
      Faults.report(fault);
      attempt.end(Outcome.COMPLETED);
      return response;
    }
  }

  private CloseableHttpResponse watched(CloseableHttpResponse response) {
    HttpEntity entity = response.getEntity();
    if (entity == null || !entity.isStreaming()) {
      attempt.end(Outcome.COMPLETED);
      return response;
    }
    response.setEntity(new WatchedEntity(entity, attempt));
    return new WatchedResponse(response, attempt);
  }
}
