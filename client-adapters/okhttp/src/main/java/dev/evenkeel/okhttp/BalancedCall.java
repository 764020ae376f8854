package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import java.util.Objects;
import okhttp3.Address;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.connection.RealConnection;
import org.jspecify.annotations.Nullable;

/**
 * One balanced call between its choice of a server and its response: the exchange, the attempt that
 * is under way, and how it failed. Not thread-safe; one per exchange.
 */
final class BalancedCall {
  /** The call for which this thread is making a route planner, so that the address can be ours. */
  private static final ThreadLocal<@Nullable BalancedCall> PLANNED = new ThreadLocal<>();

  private static final @Nullable Object[] ONCE_MORE = {null, null, true};

  private final RealCall call;
  private final HttpUrl logical;
  private final Exchange exchange;
  private @Nullable GuardedAttempt attempt;
  private @Nullable Server server;
  private @Nullable ServerMark mark;
  private @Nullable Throwable lastFailure;
  private Outcome verdict = Outcome.CANCELLED;
  private boolean isAnswered;

  BalancedCall(RealCall call, HttpUrl logical, Exchange exchange) {
    this.call = call;
    this.logical = logical;
    this.exchange = exchange;
  }

  /** The call whose planner is being made on this thread; null if it is not a balanced one. */
  static @Nullable BalancedCall planned() {
    return PLANNED.get();
  }

  /**
   * Plans the connection to the next server. After a fault of ours there is no attempt, and the
   * call goes to its logical host.
   *
   * @return false if no server is left
   */
  boolean moveOn(Interceptor.Chain chain) {
    try {
      Attempt next = exchange.next();
      if (next == null) {
        return false;
      }
      attempt = new GuardedAttempt(next);
      planFor(next.server(), chain);
    } catch (Throwable fault) {
      Faults.report(fault);
      end(Outcome.CANCELLED);
      attempt = null;
      Library.plan(call, chain.request(), chain);
    }
    return true;
  }

  private void planFor(Server chosen, Interceptor.Chain chain) {
    server = chosen;
    Request plan = Targets.of(chosen).plan(chain.request().method());
    PLANNED.set(this);
    try {
      Library.plan(call, isPlannable(plan) ? plan : inPlainText(plan), chain);
    } finally {
      PLANNED.set(null);
    }
    if (!Library.isPlanned(call, logical)) {
      throw new IllegalStateException("a hook of OkHttp is not in force");
    }
  }

  /** Up to 5.3, a client without TLS throws when asked for an https address. */
  private boolean isPlannable(Request plan) {
    return !plan.isHttps() || Addresses.hasTls(call.getClient());
  }

  private static Request inPlainText(Request plan) {
    HttpUrl https = plan.url();
    HttpUrl http = https.newBuilder().scheme("http").port(https.port()).build();
    return plan.newBuilder().url(http).build();
  }

  /** The server's address, made of the one OkHttp planned. */
  Address address(Address planned) {
    Server chosen = Objects.requireNonNull(server);
    Target target = Targets.of(chosen);
    mark = new ServerMark(chosen, target, logical, planned.proxySelector(), this);
    boolean isSchemeSwitched = logical.isHttps() != target.url().isHttps();
    return Addresses.of(target.url(), planned, mark, call.getClient(), isSchemeSwitched);
  }

  /**
   * Whether a URL belongs on this plan's connections. OkHttp asks for two reasons: whether the
   * connection that the call still holds can be kept (then the whole address must match), and
   * whether a network interceptor left the host alone.
   */
  boolean accepts(HttpUrl url, Address address) {
    RealConnection held = call.getConnection();
    if (held != null && isUrlOf(held, url)) {
      return held.route().address().equals(address);
    }
    return url.port() == logical.port() && url.host().equals(logical.host());
  }

  /** By identity: the logical URL may well be equal to a connection's. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isUrlOf(RealConnection connection, HttpUrl url) {
    return connection.route().address().url() == url;
  }

  /** As {@link Calls#conclude}. */
  @Nullable Object @Nullable [] conclude(
      Interceptor.Chain chain, @Nullable Response response, @Nullable Throwable thrown) {
    GuardedAttempt current = attempt;
    if (current == null) {
      return null;
    }
    if (response != null) {
      return new @Nullable Object[] {answered(response, current), null, null};
    }
    return thrown != null && isMovedAfter(thrown, chain) ? ONCE_MORE : null;
  }

  private Response answered(Response response, GuardedAttempt current) {
    isAnswered = true;
    current.answered(response.code());
    try {
      return Answers.decorate(response, logical, current, call);
    } catch (Throwable fault) {
      Faults.report(fault);
      end(Outcome.COMPLETED);
      return response;
    }
  }

  private boolean isMovedAfter(Throwable thrown, Interceptor.Chain chain) {
    if (lastFailure != null && lastFailure != thrown) {
      thrown.addSuppressed(lastFailure);
    }
    verdict = Library.outcome(call, thrown);
    if (verdict != Outcome.CONNECT_FAILED) {
      return false; // Not over yet: OkHttp may retry on this server.
    }
    lastFailure = thrown;
    end(Outcome.CONNECT_FAILED);
    return moveOn(chain);
  }

  /** OkHttp is done with the call: whatever has no response by now will not get one. */
  void leave(@Nullable Throwable thrown) {
    if (thrown != null || !isAnswered) {
      end(verdict);
    } else {
      release();
    }
  }

  private void end(Outcome outcome) {
    if (attempt != null) {
      attempt.end(outcome);
    }
    release();
  }

  private void release() {
    if (mark != null) {
      mark.release();
    }
  }
}
