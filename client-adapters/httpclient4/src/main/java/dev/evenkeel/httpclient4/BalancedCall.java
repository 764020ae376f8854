package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import java.util.Objects;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a request through the client's innermost step, as an exchange: the first attempt runs
 * in the hooked method's own body, further ones after it, while nothing was sent or what came back
 * was given up. Not thread-safe; one per exchange.
 *
 * <p>A pass is one try of the client's own retry, or one hop of its redirects. Answers to
 * authentication challenges stay inside the pass, and so on their server.
 */
final class BalancedCall {
  private final Exchange exchange;
  private final LogicalCall logical;
  private final @Nullable SentBody body;
  private final @Nullable ServerPass first;

  /** How the call ends where its first server is not asked; null if it is. */
  private final @Nullable Ending refusal;

  private BalancedCall(Exchange exchange, LogicalCall logical) {
    this.exchange = exchange;
    this.logical = logical;
    this.body = SentBody.of(exchange, logical.request());
    ServerPass begun = nextServer();
    boolean isTooLong = begun != null && begun.isRefused();
    this.first = isTooLong ? null : begun;
    this.refusal =
        isTooLong
            ? Ending.tooLarge()
            : begun == null ? new Ending(null, exchange.unavailable()) : null;
  }

  /** What is sent, and perhaps sent again; null for a request without a body. */
  @Nullable SentBody body() {
    return body;
  }

  /** Whether what came is given up for a response of another service. */
  boolean givesUp(int status) {
    try {
      return (body == null || body.isRepeatable()) && exchange.giveUp(status);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * Opens the exchange and begins its first attempt.
   *
   * @return route and execution for the hooked method, and what {@link #finish} needs; null to
   *     leave the call alone
   */
  static Object @Nullable [] begin(
      ClientExecChain step,
      HttpRoute route,
      HttpRequestWrapper request,
      HttpClientContext context,
      @Nullable HttpExecutionAware execution) {
    if (execution instanceof OwnExecution) {
      return null;
    }
    try {
      String host = route.getTargetHost().getHostName();
      Exchange exchange = Evenkeel.balancer().open(host, request, RequestView.INSTANCE);
      return exchange == null
          ? null
          : open(exchange, new LogicalCall(step, route, request, context, execution));
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Without a server the body is made to end at once; {@link #finish} says why. */
  private static Object[] open(Exchange exchange, LogicalCall logical) {
    BalancedCall call = new BalancedCall(exchange, logical);
    ServerPass first = call.first;
    return first == null
        ? new Object[] {logical.route(), new RefusedExecution(), call}
        : new Object[] {first.route(), first.execution(), call};
  }

  private @Nullable ServerPass nextServer() {
    Attempt attempt = exchange.next();
    return attempt == null
        ? null
        : ServerPass.to(new GuardedAttempt(attempt, HttpClient4Adapter.NAME), this, logical);
  }

  /**
   * Settles the first attempt and, where it found no connection, tries the other servers.
   *
   * @param entered what {@link #begin} returned
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  static @Nullable Object @Nullable [] finish(
      Object @Nullable [] entered,
      @Nullable CloseableHttpResponse returned,
      @Nullable Throwable thrown) {
    return entered == null
        ? null
        : ((BalancedCall) entered[2]).finish(new Ending(returned, thrown));
  }

  private @Nullable Object[] finish(Ending ofTheBody) {
    if (first == null) {
      return Objects.requireNonNull(refusal).result();
    }
    Ending ending = first.settle(ofTheBody);
    while (ending.isMovable()) {
      ServerPass next;
      try {
        next = nextServer();
      } catch (Throwable fault) {
        Faults.report(fault);
        ending = body != null && body.isGone() ? ending : withoutUs();
        break;
      }
      if (next == null) {
        break;
      }
      ending = next.isRefused() ? Ending.tooLarge() : next.run();
    }
    return ending.result();
  }

  private Ending withoutUs() {
    return Ending.of(logical, logical.route(), new OwnExecution(logical.execution()));
  }
}
