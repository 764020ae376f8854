package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Attempt;
import dev.evenkeel.spi.Exchange;
import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.SetCookie;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * One balanced call from its choice of a server to the end of its body. Thread-safe: the body may
 * be closed, and the call given up, on other threads than the one that made it.
 */
final class BalancedCall {
  private final Exchange exchange;
  private final Reach reach;
  private final Judgement judgement;
  private final Reception reception = new Reception();
  private final LogicalCall logical;
  private volatile @Nullable GuardedAttempt attempt;
  private volatile @Nullable Target target;
  private volatile boolean isSent;

  /** True once any attempt's request was: the logical host must not get it as well. */
  private volatile boolean isSentToAny;

  /** What the JDK asks a proxy for; null for a call without an HTTP proxy. */
  private final @Nullable Tunnel tunnel;

  private boolean isLeftAlone;

  /** Null until the request is copied for the first time: most never are. */
  private volatile @Nullable CopiedRequest copied;

  private volatile boolean isAnswered;

  /**
   * @param redirected the call whose answer led to this one; null if none of ours did
   * @param tunnel for a call through an HTTP proxy; null for a direct one
   */
  BalancedCall(
      Exchange exchange,
      HttpURLConnection owner,
      @Nullable BalancedCall redirected,
      @Nullable Tunnel tunnel) {
    this.tunnel = tunnel;
    this.exchange = exchange;
    this.judgement = new Judgement(exchange);
    this.logical = new LogicalCall(owner, redirected == null ? null : redirected.logical);
    this.reach = new Reach(exchange, tunnel != null && logical.isPlain());
  }

  /**
   * Begins an attempt on the next server. After a fault of ours there is no target, and the call
   * goes to its logical host; so it does through a proxy where all servers are out of its reach.
   *
   * @return false if no server is left, and after a fault if the request was sent already
   */
  boolean moveOn() {
    target = null;
    attempt = null;
    isSent = false;
    isAnswered = false;
    try {
      Attempt next = reach.next();
      if (next == null) {
        return false;
      }
      attempt = new GuardedAttempt(next, Faults.ADAPTER);
      target = Target.of(next.server());
    } catch (Throwable fault) {
      Faults.report(fault);
      leaveAlone();
      return !isSentToAny;
    }
    return true;
  }

  /** The call goes to its logical host, and what comes of that is nobody's. */
  void leaveAlone() {
    end(Outcome.CANCELLED);
    isLeftAlone = true;
    target = null;
  }

  /** True after {@link #leaveAlone}, and where no proxy can lead to a server. */
  boolean isLeftAlone() {
    return isLeftAlone || reach.isAnyOut();
  }

  /** What a call without a server fails with. */
  ConnectException unavailable() {
    return exchange.unavailable();
  }

  /** What the JDK asks a proxy for; null for a call without an HTTP proxy. */
  @Nullable Tunnel tunnel() {
    return tunnel;
  }

  /** After a connection that could not be made: as {@link #moveOn}, and re-targets the client. */
  boolean moveOn(Object client) {
    if (target == null) {
      return false;
    }
    end(Outcome.CONNECT_FAILED);
    if (!moveOn()) {
      return false;
    }
    retarget(client);
    return true;
  }

  /** As {@link Judgement#givesUp}, and only if there is a server that the call can go on with. */
  boolean givesUp(int status, boolean isStreaming) {
    return judgement.givesUp(status, isStreaming) && reach.hasNext();
  }

  /**
   * Begins an attempt elsewhere, after what came of the one before was given up.
   *
   * @return false if none is left, as after a fault of ours: then the call stays where it was sent
   */
  boolean goOn() {
    GuardedAttempt ended = attempt;
    Target there = target;
    judgement.begin();
    if (moveOn()) {
      return true;
    }
    attempt = ended;
    target = there;
    return false;
  }

  /** Judges what comes back. */
  Judgement judgement() {
    return judgement;
  }

  /** What the application sees. */
  LogicalCall logical() {
    return logical;
  }

  /** What comes back. */
  Reception reception() {
    return reception;
  }

  /** The body is too long: there will be no attempt. */
  void refuse() {
    end(Outcome.CANCELLED);
    attempt = null;
    judgement.stand();
  }

  /** Makes the client connect to the server of this call. */
  void retarget(Object client) {
    Target current = target;
    reception.connecting();
    if (tunnel != null) {
      tunnel.connecting();
    }
    if (current != null) {
      Library.retarget(client, current.host(), current.port());
    } else {
      Library.retarget(client, logical.host(), logical.port());
    }
  }

  /** Where the call goes; null if to its logical host. */
  @Nullable Target target() {
    return target;
  }

  /**
   * The JDK is about to write a request: the first, the same one again after its own retry, or the
   * answer to a challenge on the connection that was kept for it. The last is an attempt of its
   * own.
   */
  void sending() {
    isSent = true;
    isSentToAny = true;
    GuardedAttempt current = attempt;
    if (isAnswered && current != null) {
      isAnswered = false;
      judgement.stand();
      current.end(Outcome.COMPLETED);
      attempt = again(current);
    }
  }

  /** Another attempt on the same server; after a fault the one that has ended. */
  private static GuardedAttempt again(GuardedAttempt ended) {
    try {
      return ended.again();
    } catch (Throwable fault) {
      Faults.report(fault);
      return ended;
    }
  }

  /** Begins to repeat the request for mirrors; null if it has none. */
  @Nullable RequestCopy beginCopy() {
    GuardedAttempt current = attempt;
    RequestCopy copy = current == null ? null : current.copy();
    if (copy != null || copied != null) {
      copied().begin(copy);
    }
    return copy;
  }

  /** Where the request is copied. */
  CopiedRequest copied() {
    CopiedRequest known = copied;
    if (known == null) {
      known = new CopiedRequest(judgement);
      copied = known;
    }
    return known;
  }

  /** As {@link #copied}; null if the request never was. */
  @Nullable CopiedRequest copiedSoFar() {
    return copied;
  }

  /** True once a request was written, or began to be. */
  boolean isSent() {
    return isSent;
  }

  /**
   * The headers of the response have arrived.
   *
   * @return the cookies to add; null for none
   */
  @Nullable SetCookie answered(int status, Object headers) {
    isAnswered = true;
    GuardedAttempt current = attempt;
    if (current == null) {
      return null;
    }
    current.answered(status, headers, HeaderReader.INSTANCE);
    return current.setCookies();
  }

  /** The JDK closes the connection. */
  void closed() {
    if (!reception.closed()) {
      end(isAnswered ? Outcome.COMPLETED : Outcome.IO_FAILED);
    }
  }

  /**
   * The JDK has no more use for the connection in this call. It says so too after it closed one
   * that broke in the body, and then the call has failed.
   */
  void finished() {
    if (!reception.isLost()) {
      end(Outcome.COMPLETED);
    }
  }

  /** The application gives up the call. */
  void giveUp() {
    judgement.callOver();
    end(isAnswered ? Outcome.COMPLETED : Outcome.CANCELLED);
  }

  /** The attempt is over; the first call wins. */
  void end(Outcome outcome) {
    CopiedRequest known = copied;
    if (known != null) {
      known.forget(); // An idle connection keeps its last call, and need not keep a body with it.
    }
    GuardedAttempt current = attempt;
    if (current != null) {
      current.end(outcome);
    }
  }
}
