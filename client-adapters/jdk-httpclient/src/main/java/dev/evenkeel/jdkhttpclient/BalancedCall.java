package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.SetCookie;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of ours, and the attempt it is at. It refers to nothing of the client's, so keeping
 * it keeps no request. Thread-safe: the client's threads take turns.
 */
final class BalancedCall {
  private static final int BAD_GATEWAY = 502;

  /** False while no server of this JVM's calls had a path: then nobody looks for one. */
  private static volatile boolean isPathUsed;

  private final Exchange exchange;
  private final @Nullable SentBody body;
  private final long startNanos = ElapsedClock.nanos();
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable InetSocketAddress address;
  private volatile @Nullable RequestCopy copy;
  private volatile int status;
  private volatile boolean isDiscarding;
  private volatile boolean isMoved;
  private volatile boolean isAnswered;
  private volatile boolean isCancelled;
  private volatile boolean isLeftAlone;

  /**
   * @param body null for a request without one
   */
  BalancedCall(Exchange exchange, @Nullable SentBody body) {
    this.exchange = exchange;
    this.body = body;
    this.attempt = exchange.next();
    prepare();
  }

  /** Before the request is written: what is found there, and relied on. */
  private void prepare() {
    Server server = chosen();
    if (server == null) {
      return;
    }
    if (!isPathUsed && !server.path().isEmpty()) {
      isPathUsed = true;
    }
    try {
      TransportTls.requireHook(server);
    } catch (Throwable fault) {
      end(Outcome.CANCELLED);
      throw fault;
    }
  }

  /** False if no request line has a path before its own. */
  static boolean isPathUsed() {
    return isPathUsed;
  }

  /** False if no server could be chosen at all. */
  boolean hasServer() {
    return attempt != null;
  }

  /** What a call without a server fails with. */
  Throwable unavailable() {
    return exchange.unavailable();
  }

  private @Nullable Server chosen() {
    Attempt current = attempt;
    return current == null ? null : current.server();
  }

  /**
   * The server that the request goes to; null where there is none, and before {@link #address}: the
   * client asks for that first, and a request whose address is logical is logical throughout.
   */
  @Nullable Server server() {
    return address == null ? null : chosen();
  }

  /** Where to connect. A name is resolved here, as the client would; at most once an attempt. */
  @Nullable InetSocketAddress address(HttpRequest request, boolean isProxied) {
    InetSocketAddress known = address;
    Server server = chosen();
    if (known == null && server != null) {
      known = isProxied ? Proxies.address(server) : TransportTls.address(server);
      address = known;
      requireScheme(request, server);
    }
    return known;
  }

  /** Throws if the client would not speak the server's scheme there. */
  private static void requireScheme(HttpRequest request, Server server) {
    if (!server.scheme().equalsIgnoreCase(request.uri().getScheme())
        && RequestInternals.isSecure(request) != server.scheme().equals("https")) {
      throw new IllegalStateException("a hook of java.net.http is not in force");
    }
  }

  /** After a fault of ours the call goes to its logical host. */
  void leaveAlone() {
    isLeftAlone = true;
    end(Outcome.CANCELLED);
  }

  boolean isLeftAlone() {
    return isLeftAlone;
  }

  /**
   * Leaves a server that cannot be reached; after a fault of ours, for the logical host.
   *
   * @return false if there is no other
   */
  boolean move() {
    end(Outcome.CONNECT_FAILED);
    try {
      Attempt next = exchange.next();
      if (next == null) {
        return false;
      }
      follow(next);
    } catch (Throwable fault) {
      Faults.report(fault);
      leaveAlone();
    }
    return true;
  }

  private void follow(Attempt next) {
    attempt = next;
    address = null;
    isMoved = true;
    isAnswered = false;
    prepare();
  }

  /**
   * Leaves the server for its answer, if that is to be given up for one of another service. Faults
   * are reported and stay here.
   */
  boolean giveUpResponse(HttpRequest request) {
    isDiscarding = isAnswered && giveUp(status, request, Outcome.COMPLETED);
    if (!isDiscarding && body != null) {
      body.answerStands();
    }
    return isDiscarding;
  }

  /** The same for a connection that was lost before an answer came. */
  boolean giveUpFailure(HttpRequest request) {
    return giveUp(BAD_GATEWAY, request, Outcome.IO_FAILED);
  }

  private boolean giveUp(int itsStatus, HttpRequest request, Outcome outcome) {
    try {
      if (attempt == null || !isRepeatable(request) || !exchange.giveUp(itsStatus)) {
        return false;
      }
      end(outcome);
      Attempt next = exchange.next();
      if (next != null) {
        follow(next);
      }
      return next != null;
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  private boolean isRepeatable(HttpRequest request) {
    return body == null || body.isRepeatable(request);
  }

  /** True while the body of a response that was given up is thrown away; once. */
  boolean isDiscarding() {
    boolean was = isDiscarding;
    isDiscarding = false;
    return was;
  }

  /** The request's body; null if it has none. */
  @Nullable SentBody body() {
    return body;
  }

  /** True if the request's body failed by itself, which says nothing of the server. */
  boolean hasBodyFailed() {
    return body != null && body.hasFailed();
  }

  /** What is left of a call's own time, at least a nanosecond. The client counts by the try. */
  Duration remaining(Duration whole) {
    if (!isMoved || isAnswered) {
      return whole;
    }
    Duration left = whole.minusNanos(ElapsedClock.nanos() - startNanos);
    return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
  }

  boolean isAnswered() {
    return isAnswered;
  }

  /**
   * Status and headers have arrived.
   *
   * @return the cookies to add, null for none
   */
  @Nullable SetCookie answered(int itsStatus, HttpHeaders headers) {
    Attempt current = attempt;
    status = itsStatus;
    isAnswered = true;
    if (current == null) {
      return null;
    }
    current.answered(itsStatus, headers, HeaderReader.INSTANCE);
    return current.setCookies();
  }

  /** Begins to repeat the request for mirrors; null if it has none. */
  @Nullable RequestCopy newCopy() {
    Attempt current = attempt;
    copy = current == null ? null : current.copy();
    return copy;
  }

  /** The copy that was begun last; null if there is none. */
  @Nullable RequestCopy copy() {
    return copy;
  }

  /** The application gave up: what fails from now on is not the server's fault. */
  void cancel() {
    isCancelled = true;
  }

  /** As {@link Attempt#rests}. A fault is reported and stays here. */
  void rests(boolean isResting) {
    Attempt current = attempt;
    if (current == null) {
      return;
    }
    try {
      current.rests(isResting);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** Ends the attempt; calls after the first change nothing. A fault is reported and stays here. */
  void end(Outcome outcome) {
    Attempt current = attempt;
    if (current == null) {
      return;
    }
    try {
      boolean isNoFault = isCancelled || hasBodyFailed();
      current.end(isNoFault && outcome != Outcome.COMPLETED ? Outcome.CANCELLED : outcome);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
