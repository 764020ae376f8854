package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Objects;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a request through the asynchronous client's connecting step, as an exchange: the
 * first attempt runs in the hooked method's own body, further ones from the callback that tells of
 * its failure, while nothing was sent. Not thread-safe; one per exchange, whose steps follow one
 * another on the client's threads.
 */
final class AsyncCall {
  private final @Nullable Exchange exchange;
  private volatile AsyncStep step;
  private volatile @Nullable AttemptProgress latest;

  /** {@code exchange} is null where the client repeats a request on a connection that it kept. */
  AsyncCall(AsyncStep step, @Nullable Exchange exchange) {
    this.step = step;
    this.exchange = exchange;
  }

  /**
   * Opens the exchange and begins its first attempt.
   *
   * @return scope, chain and callback for the hooked method, and what {@link #finish} needs; null
   *     to leave the call alone
   */
  static Object @Nullable [] begin(AsyncStep step) {
    if (step.next() instanceof AsyncOwnChain || ServerRoutes.isUnixDomain(step.logical().route)) {
      return null;
    }
    try {
      Scope logical = step.logical();
      if (logical.execRuntime.isEndpointAcquired()) {
        GuardedAttempt repeated = KeptConnections.resume(logical.execRuntime, logical.route);
        if (repeated != null) {
          return arguments(new AsyncCall(step, null).way(repeated));
        }
      }
      return open(step);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private static Object @Nullable [] open(AsyncStep step) {
    Scope logical = step.logical();
    Exchange exchange =
        Evenkeel.balancer()
            .open(
                logical.route.getTargetHost().getHostName(),
                new LogicalRequest(step.request(), logical),
                RequestView.INSTANCE);
    if (exchange == null) {
      return null;
    }
    AsyncCall call = new AsyncCall(step, exchange);
    // The connection of a hop before this one, which goes to another server or to none of ours.
    logical.execRuntime.releaseEndpoint();
    AsyncServerChain first = call.nextServer();
    return first == null ? call.unavailable(exchange) : arguments(first);
  }

  private static Object[] arguments(AsyncServerChain server) {
    return new Object[] {server.serverScope(), server, server.callback(), server};
  }

  private Object[] unavailable(Exchange opened) {
    Scope logical = step.logical();
    AsyncExecRuntime nowhere =
        new AsyncUnavailableRuntime(logical.execRuntime, opened.unavailable());
    return new Object[] {step.scope(logical.route, nowhere), step.next(), step.callback()};
  }

  /** The way to the next server, whose attempt has begun; null if there is none. */
  @Nullable AsyncServerChain nextServer() {
    Attempt attempt = exchange == null ? null : exchange.next();
    return attempt == null ? null : way(new GuardedAttempt(attempt, HttpClient5Adapter.NAME));
  }

  /** The way to the server of {@code attempt}; a fault on the way ends the attempt. */
  private AsyncServerChain way(GuardedAttempt attempt) {
    try {
      AttemptProgress progress = new AttemptProgress(attempt);
      AsyncServerChain server = new AsyncServerChain(this, step, progress);
      latest = progress;
      return server;
    } catch (Throwable fault) {
      attempt.end(Outcome.CANCELLED);
      throw fault;
    }
  }

  /**
   * Ends the first attempt if the hooked method threw, for then no callback will.
   *
   * @param entered what {@link #begin} returned
   */
  static void finish(Object @Nullable [] entered, @Nullable Throwable thrown) {
    if (thrown != null && entered != null && entered.length > 3) {
      ((AsyncServerChain) entered[3]).abandon();
    }
  }

  /**
   * The server that is left to try, if any; a fault is reported, and then none is.
   *
   * @return null if the call has to end as it stands
   */
  @Nullable AsyncServerChain anotherServer() {
    try {
      return nextServer();
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** True if the body is longer than it may be in a request that may have to be sent again. */
  boolean isTooLong(@Nullable EntityDetails entity) {
    try {
      return exchange != null
          && entity != null
          && entity.getContentLength() > exchange.maxBodyBytes();
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * Where to keep a body, as {@link Exchange#keepBody} has it.
   *
   * @return null if the request is sent once, whatever the answer, which is the rule
   */
  @Nullable KeptBody keepBody(long contentLength) {
    return exchange == null ? null : exchange.keepBody(contentLength);
  }

  /** Whether a response is given up for one of another service. Ask only if the request can go. */
  boolean givesUp(int status) {
    return exchange != null && exchange.giveUp(status);
  }

  /**
   * Goes on with the server that the call was given up for.
   *
   * @param rest the connecting step, with less that follows it
   */
  void goOn(AsyncStep rest) {
    step = rest;
    moveOn(new ConnectException("no server to go on with"));
  }

  /** The attempt that was begun last. */
  AttemptProgress latest() {
    return Objects.requireNonNull(latest);
  }

  /** The application gave up the call. */
  void cancelled() {
    latest().cancelled();
  }

  /** As {@link #moveOnNow}, at once or when this thread has left the client's pool. */
  void moveOn(Exception cause) {
    if (!PoolTurn.defers(this, cause)) {
      moveOnNow(cause);
    }
  }

  /** Tries another server after {@code cause}; without one the call fails with it. */
  void moveOnNow(Exception cause) {
    AsyncServerChain server;
    try {
      server = nextServer();
    } catch (Throwable fault) {
      Faults.report(fault);
      goUnchanged();
      return;
    }
    if (server == null) {
      step.callback().failed(cause);
    } else {
      goTo(server);
    }
  }

  /** Runs the connecting step for {@code server}. */
  void goTo(AsyncServerChain server) {
    try {
      step.run(server.serverScope(), server, server.callback());
    } catch (HttpException | IOException | RuntimeException failure) {
      server.abandon();
      step.callback().failed(failure);
    }
  }

  private void goUnchanged() {
    try {
      step.run(step.logical(), new AsyncOwnChain(step.next()), step.callback());
    } catch (HttpException | IOException | RuntimeException failure) {
      step.callback().failed(failure);
    }
  }
}
