package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.http.ExchangeCodec;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * One balanced call between its choice of a server and OkHttp's last decision about it: the
 * exchange, the attempt that is under way, and how it failed. Not thread-safe; one per exchange.
 *
 * <p>OkHttp runs a call on one thread from its retries down to its connection, so the state stands
 * in a stack of that thread: a network interceptor may make a call of its own.
 */
final class BalancedCall {
  private static final ThreadLocal<@Nullable BalancedCall> CURRENT = new ThreadLocal<>();

  private static final Insides INSIDES = OkHttpCopy.INSIDES;

  private static final @Nullable Object[] ONCE_MORE = {null, null, true};

  private final @Nullable BalancedCall outer;
  private final Call call;
  private final HttpUrl logical;
  private final Exchange exchange;
  private final SentBody body;
  private final ServerPlan plan;
  private @Nullable GuardedAttempt attempt;
  private @Nullable RequestCopy copy;
  private @Nullable Throwable lastFailure;
  private Outcome verdict = Outcome.CANCELLED;
  private boolean isSending = true;
  private boolean isWatched;
  private boolean isAnswered;

  private BalancedCall(
      @Nullable BalancedCall outer, Call call, Request request, Exchange exchange) {
    this.outer = outer;
    this.call = call;
    this.logical = request.url();
    this.exchange = exchange;
    this.body = SentBody.of(request.body());
    this.plan = new ServerPlan(call, logical);
  }

  /** The state of a call that this thread is in; null if it has none. */
  static @Nullable BalancedCall of(Call call) {
    BalancedCall current = CURRENT.get();
    return current != null && current.call == call ? current : null;
  }

  /** Begins the state of a call, or of its next hop. */
  static BalancedCall enter(Call call, Request request, Exchange exchange) {
    leave(call, null);
    BalancedCall entered = new BalancedCall(CURRENT.get(), call, request, exchange);
    CURRENT.set(entered);
    return entered;
  }

  /** OkHttp is done with a call or its hop: what has no response by now will not get one. */
  static void leave(Call call, @Nullable Throwable thrown) {
    BalancedCall current = of(call);
    if (current != null) {
      CURRENT.set(current.outer);
      if (thrown != null || !current.isAnswered) {
        current.end(current.verdict);
      }
    }
  }

  /** The plan that is being made on this thread; null if that is not one of a balanced call. */
  static @Nullable ServerPlan planning() {
    BalancedCall current = CURRENT.get();
    return current != null && current.plan.isMaking() ? current.plan : null;
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
      follow(next, chain);
    } catch (Throwable fault) {
      goOnDirectly(fault, chain);
    }
    return true;
  }

  private void follow(Attempt next, Interceptor.Chain chain) {
    try {
      attempt = new GuardedAttempt(next, Faults.ADAPTER);
      isWatched = false;
      verdict = Outcome.CANCELLED;
      body.begin(exchange);
      plan.make(next.server(), chain);
    } catch (Throwable fault) {
      goOnDirectly(fault, chain);
    }
  }

  private void goOnDirectly(Throwable fault, Interceptor.Chain chain) {
    Faults.report(fault);
    end(Outcome.CANCELLED);
    attempt = null;
    INSIDES.replan(call, chain.request(), chain);
  }

  /**
   * True while an attempt for a URL is under way, and has no answer, by the plan that the call has.
   * OkHttp 3 may keep the plan for what follows an answer, of a server or of its cache.
   */
  boolean isOnItsPlan(HttpUrl url) {
    return !isAnswered && logical.equals(url) && plan.isInUse();
  }

  /** The connection that this thread's call still holds; null if none. */
  static @Nullable Connection held() {
    BalancedCall current = CURRENT.get();
    return current == null ? null : INSIDES.held(current.call);
  }

  /**
   * The call of this thread that waits for what a codec reads; null if that is not a balanced one,
   * as where a network interceptor makes a call of its own.
   */
  static @Nullable BalancedCall answering(Object codec) {
    BalancedCall current = CURRENT.get();
    return current != null
            && !current.isAnswered
            && ServerMark.of(INSIDES.route(codec).address()) != null
        ? current
        : null;
  }

  /** Begins to repeat what this thread's balanced call writes; null if it has no mirror. */
  static @Nullable RequestCopy beginCopy() {
    BalancedCall current = CURRENT.get();
    if (current == null || current.isAnswered || current.attempt == null) {
      return null;
    }
    current.copy = current.attempt.copy();
    return current.copy;
  }

  /** A fault of ours left the copy of this thread's call with a gap: its body is not copied. */
  static void forgetCopy() {
    BalancedCall current = CURRENT.get();
    if (current != null) {
      current.copy = null;
    }
  }

  /** The copy of the request that a codec writes; null if there is none. */
  static @Nullable RequestCopy copyOf(Object codec) {
    BalancedCall writing = answering(codec);
    return writing == null ? null : writing.copy;
  }

  /** The body that ends the attempt, if there is anything to read. */
  @Nullable Source watch(ExchangeCodec codec, Response head, Source body) throws IOException {
    GuardedAttempt current = attempt;
    long lengthBytes = codec.reportedContentLength(head);
    if (current == null || lengthBytes == 0) {
      return null;
    }
    current.answered(
        head.code(),
        head,
        HeaderReader.INSTANCE); // A network interceptor may read all of the body.
    isWatched = true;
    return new EndingSource(body, lengthBytes, current, call);
  }

  /** OkHttp repeats its own failed call, on this thread. */
  BalancedCall resume() {
    isSending = true;
    return this;
  }

  /** The request to go on with below the connection; null if that is the one there is. */
  @Nullable Request replaced(Request request) {
    return isSending ? body.replaced(request) : null;
  }

  /** True if no server gets the request, for its body is too long to be sent again. */
  boolean isTooLong() {
    boolean isTooLong = attempt != null && body.isTooLong(exchange);
    if (isTooLong) {
      end(Outcome.CANCELLED);
    }
    return isTooLong;
  }

  /** As {@link Calls#conclude}. */
  @Nullable Object @Nullable [] conclude(
      Interceptor.Chain chain, @Nullable Response response, @Nullable Throwable thrown) {
    isSending = false;
    GuardedAttempt current = attempt;
    if (current == null) {
      return null;
    }
    if (response != null ? isLeft(response, current, chain) : isMovedAfter(thrown, chain)) {
      isSending = true;
      return ONCE_MORE;
    }
    Response decorated = response == null ? null : decorated(response, current);
    return decorated == null ? null : new @Nullable Object[] {decorated, null, null};
  }

  private boolean isLeft(Response response, GuardedAttempt current, Interceptor.Chain chain) {
    if (!isWatched) {
      current.answered(response.code(), response, HeaderReader.INSTANCE);
    }
    isAnswered =
        call.isCanceled()
            || !GivenUp.isGivenUp(response.code(), body, exchange)
            || !isMovedFrom(response, Outcome.COMPLETED, chain);
    return !isAnswered;
  }

  private @Nullable Response decorated(Response response, GuardedAttempt current) {
    try {
      return Answers.decorate(response, logical, current, call, isWatched);
    } catch (Throwable fault) {
      Faults.report(fault);
      end(Outcome.COMPLETED);
      return null;
    }
  }

  private boolean isMovedAfter(@Nullable Throwable thrown, Interceptor.Chain chain) {
    if (thrown == null) {
      return false;
    }
    IOException failure = INSIDES.failure(thrown);
    Throwable seen = failure == null ? thrown : failure;
    if (lastFailure != null && lastFailure != seen) {
      seen.addSuppressed(lastFailure);
    }
    verdict = Verdict.of(call, thrown, failure);
    if (verdict == Outcome.IO_FAILED && !isWatched && GivenUp.isGivenUp(seen, body, exchange)) {
      lastFailure = seen;
      return isMovedFrom(null, Outcome.IO_FAILED, chain);
    }
    if (verdict != Outcome.CONNECT_FAILED) {
      return false; // Not over yet: OkHttp may retry on this server.
    }
    lastFailure = seen;
    if (INSIDES.hasOtherAddress(call)) {
      return true;
    }
    end(Outcome.CONNECT_FAILED);
    return moveOn(chain);
  }

  /** Leaves a server for that of another service; false if there is none after all. */
  private boolean isMovedFrom(
      @Nullable Response response, Outcome outcome, Interceptor.Chain chain) {
    end(outcome);
    Attempt next;
    try {
      next = exchange.next();
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
    if (next == null) {
      return false;
    }
    GivenUp.discard(response);
    INSIDES.letGo(call);
    follow(next, chain);
    return true;
  }

  private void end(Outcome outcome) {
    plan.leave();
    if (attempt != null) {
      attempt.end(outcome);
    }
  }
}
