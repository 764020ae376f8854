package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import java.net.ConnectException;
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
 * What the hooks do, in the order in which a call meets them. No method throws: a fault of ours is
 * reported and the call goes on as if the hook were not there. Thread-safe.
 */
final class Calls {
  private Calls() {}

  /**
   * OkHttp is about to connect: past the cache, and with the cookies in the request.
   *
   * @return null when the call is not ours, a {@link ConnectException} when there is no server for
   *     it, or none may get it, else its {@link BalancedCall}
   */
  static @Nullable Object begin(Interceptor.Chain chain) {
    try {
      Call call = chain.call();
      BalancedCall current = BalancedCall.of(call);
      // OkHttp repeats its own failed call on the plan it has, so it stays on the server.
      return current != null && current.isOnItsPlan(chain.request().url())
          ? current.resume()
          : open(chain, call);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private static @Nullable Object open(Interceptor.Chain chain, Call call) {
    Request request = chain.request();
    Exchange exchange =
        Evenkeel.balancer().open(request.url().host(), request, OkHttpRequestReader.INSTANCE);
    if (exchange == null) {
      return null;
    }
    BalancedCall balanced = BalancedCall.enter(call, request, exchange);
    if (!balanced.moveOn(chain)) {
      return exchange.unavailable();
    }
    return balanced.isTooLong() ? new TooLargeBody() : balanced;
  }

  /** A request goes on to the next interceptor. */
  static @Nullable Request keep(Interceptor.Chain chain, Request request) {
    if (!SentBody.isUsed()) {
      return null;
    }
    try {
      BalancedCall current = BalancedCall.of(chain.call());
      return current == null ? null : current.replaced(request);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The route planner is being made: for a re-targeted call, the server's address if known. */
  static @Nullable Address knownAddress() {
    try {
      ServerPlan planning = BalancedCall.planning();
      return planning == null ? null : planning.knownAddress();
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The same, where OkHttp has made an address of the server's URL. */
  static @Nullable Address address(Address planned) {
    try {
      ServerPlan planning = BalancedCall.planning();
      return planning == null ? null : planning.address(planned);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** OkHttp asks whether a connection, or what a network interceptor sends on, is for the host. */
  static @Nullable Boolean accept(Object plan, HttpUrl url) {
    try {
      return accepts(plan, url);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /**
   * Whether a URL belongs on a plan's connections. OkHttp asks for two reasons: whether the
   * connection that the call still holds can be kept (then the whole address must match), and
   * whether a network interceptor left the host alone.
   *
   * @return null if the plan is not ours
   */
  private static @Nullable Boolean accepts(Object plan, HttpUrl url) {
    Address address = OkHttpCopy.INSIDES.address(plan);
    ServerMark mark = ServerMark.of(address);
    if (mark == null) {
      return null;
    }
    Connection held = BalancedCall.held();
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

  /** The same for OkHttp 3, which asks the connection. */
  static @Nullable Boolean acceptOn(Object connection, HttpUrl url) {
    try {
      ServerMark mark = ServerMark.of(((Connection) connection).route().address());
      return mark == null ? null : mark.isForLogical(url);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The request's head is about to be written. */
  static @Nullable Request rewrite(Object codec, Request request) {
    try {
      return Wire.rewrite(codec, request);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The response's body is about to be read: for a balanced call, one that tells its end. */
  static @Nullable Source watch(Object codec, Response head, Source body) {
    try {
      BalancedCall answering = BalancedCall.answering(codec);
      return answering == null ? null : answering.watch((ExchangeCodec) codec, head, body);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** Proxies are about to be selected for an address: the URL that listeners are told. */
  static @Nullable HttpUrl selectionUrl(Address address) {
    try {
      return LogicalNames.selectionUrl(address);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** A codec failed to read a response's head: what it throws instead. */
  static @Nullable Throwable failed(Object codec, @Nullable Throwable thrown) {
    try {
      return thrown == null ? null : LogicalNames.failure(codec, thrown);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /**
   * The response's headers are here, or the attempt failed.
   *
   * @return null to leave all as it is, or what to return, what to throw, and whether to connect
   *     once more (if not null)
   */
  static @Nullable Object @Nullable [] conclude(
      Interceptor.Chain chain,
      @Nullable Object begun,
      @Nullable Response response,
      @Nullable Throwable thrown) {
    try {
      if (begun instanceof TooLargeBody) {
        Request request = chain.request();
        return new @Nullable Object[] {
          TooLargeBody.response(request, Answers.noPeer(request.url())), null, null
        };
      }
      if (begun instanceof ConnectException unavailable) {
        return new @Nullable Object[] {null, unavailable, null};
      }
      return begun instanceof BalancedCall balanced
          ? balanced.conclude(chain, response, thrown)
          : null;
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** OkHttp has made its last retry and followed its last redirect. */
  static void leave(Interceptor.Chain chain, @Nullable Throwable thrown) {
    try {
      BalancedCall.leave(chain.call(), thrown);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
