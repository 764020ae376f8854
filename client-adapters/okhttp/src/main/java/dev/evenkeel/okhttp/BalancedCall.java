package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import java.io.IOException;
import java.util.Objects;
import okhttp3.Address;
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
  private final Address logicalAddress;
  private @Nullable GuardedAttempt attempt;
  private @Nullable Server server;
  private @Nullable Object plan;
  private @Nullable RequestCopy copy;
  private @Nullable Throwable lastFailure;
  private Outcome verdict = Outcome.CANCELLED;
  private boolean isPlanning;
  private boolean isWatched;
  private boolean isAnswered;

  private BalancedCall(
      @Nullable BalancedCall outer, Call call, HttpUrl logical, Exchange exchange) {
    this.outer = outer;
    this.call = call;
    this.logical = logical;
    this.exchange = exchange;
    this.logicalAddress = INSIDES.address(INSIDES.plan(call));
  }

  /** The state of a call that this thread is in; null if it has none. */
  static @Nullable BalancedCall of(Call call) {
    BalancedCall current = CURRENT.get();
    return current != null && current.call == call ? current : null;
  }

  /** Begins the state of a call, or of its next hop. */
  static BalancedCall enter(Call call, HttpUrl logical, Exchange exchange) {
    leave(call, null);
    BalancedCall entered = new BalancedCall(CURRENT.get(), call, logical, exchange);
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

  /** The call whose planner is being made on this thread; null if it is not a balanced one. */
  static @Nullable BalancedCall planning() {
    BalancedCall current = CURRENT.get();
    return current != null && current.isPlanning ? current : null;
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
      attempt = new GuardedAttempt(next, Faults.ADAPTER);
      isWatched = false;
      planFor(next.server(), chain);
    } catch (Throwable fault) {
      Faults.report(fault);
      end(Outcome.CANCELLED);
      attempt = null;
      INSIDES.replan(call, chain.request(), chain);
    }
    return true;
  }

  private void planFor(Server chosen, Interceptor.Chain chain) {
    server = chosen;
    Request request = Targets.of(chosen).plan(chain.request().method());
    isPlanning = true;
    try {
      INSIDES.replan(call, isPlannable(request) ? request : inPlainText(request), chain);
    } finally {
      isPlanning = false;
    }
    Object made = INSIDES.plan(call);
    if (ServerMark.of(INSIDES.address(made)) == null || !INSIDES.isAccepted(made, logical)) {
      throw new IllegalStateException("a hook of OkHttp is not in force");
    }
    plan = made;
  }

  /**
   * True while an attempt for a URL is under way, and has no answer, by the plan that the call has.
   * OkHttp 3 may keep the plan for what follows an answer, of a server or of its cache.
   */
  boolean isOnItsPlan(HttpUrl url) {
    return plan != null && !isAnswered && logical.equals(url) && plan == INSIDES.plan(call);
  }

  /** Up to 5.3, a client without TLS throws when asked for an https address. */
  private boolean isPlannable(Request request) {
    return !request.isHttps() || Addresses.hasTls(INSIDES.client(call));
  }

  private static Request inPlainText(Request request) {
    HttpUrl https = request.url();
    HttpUrl http = https.newBuilder().scheme("http").port(https.port()).build();
    return request.newBuilder().url(http).build();
  }

  /** The server's address for a client with these settings; null if it is not at hand. */
  @Nullable Address knownAddress() {
    return Targets.of(Objects.requireNonNull(server)).address(logicalAddress);
  }

  /** The server's address, made of the one OkHttp planned. */
  Address address(Address planned) {
    Server chosen = Objects.requireNonNull(server);
    Target target = Targets.of(chosen);
    ServerMark mark = new ServerMark(chosen, target, logical, planned.proxySelector());
    boolean isSchemeSwitched = logical.isHttps() != target.url().isHttps();
    Address address =
        Addresses.of(target.url(), planned, mark, INSIDES.client(call), isSchemeSwitched);
    // Where the logical address is plain text, it tells nothing of the client's TLS.
    if (logical.isHttps() || !isSchemeSwitched) {
      target.keepAddress(logicalAddress, address);
    }
    return address;
  }

  /**
   * Whether a URL belongs on a plan's connections. OkHttp asks for two reasons: whether the
   * connection that the call still holds can be kept (then the whole address must match), and
   * whether a network interceptor left the host alone.
   *
   * @return null if the plan is not ours
   */
  static @Nullable Boolean accepts(Object plan, HttpUrl url) {
    Address address = INSIDES.address(plan);
    ServerMark mark = ServerMark.of(address);
    if (mark == null) {
      return null;
    }
    BalancedCall current = CURRENT.get();
    Connection held = current == null ? null : INSIDES.held(current.call);
    if (held != null && isUrlOf(held, url)) {
      return held.route().address().equals(address);
    }
    return mark.isForLogical(url);
  }

  /** By identity: the logical URL may well be equal to a connection's. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isUrlOf(Connection connection, HttpUrl url) {
    return connection.route().address().url() == url;
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

  /** As {@link Calls#conclude}. */
  @Nullable Object @Nullable [] conclude(
      Interceptor.Chain chain, @Nullable Response response, @Nullable Throwable thrown) {
    GuardedAttempt current = attempt;
    if (current == null) {
      return null;
    }
    if (response != null) {
      Response decorated = answered(response, current);
      return decorated == null ? null : new @Nullable Object[] {decorated, null, null};
    }
    return thrown != null && isMovedAfter(thrown, chain) ? ONCE_MORE : null;
  }

  private @Nullable Response answered(Response response, GuardedAttempt current) {
    isAnswered = true;
    if (!isWatched) {
      current.answered(response.code(), response, HeaderReader.INSTANCE);
    }
    try {
      return Answers.decorate(response, logical, current, call, isWatched);
    } catch (Throwable fault) {
      Faults.report(fault);
      end(Outcome.COMPLETED);
      return null;
    }
  }

  private boolean isMovedAfter(Throwable thrown, Interceptor.Chain chain) {
    IOException failure = INSIDES.failure(thrown);
    Throwable seen = failure == null ? thrown : failure;
    if (lastFailure != null && lastFailure != seen) {
      seen.addSuppressed(lastFailure);
    }
    verdict = Verdict.of(call, thrown, failure);
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

  private void end(Outcome outcome) {
    plan = null;
    if (attempt != null) {
      attempt.end(outcome);
    }
  }
}
