package dev.evenkeel.urlconnection;

import static dev.evenkeel.urlconnection.Calls.BOUND;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URL;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks between a request's first byte and the end of its response do. Thread-safe.
 *
 * <p>The cookie store is asked for in the middle of a method, right after the headers were read:
 * that is the moment to add a cookie. Which response it is then stands in a field of the thread.
 */
final class Answers {
  private static final int FIRST_FINAL_STATUS = 200;

  private static final ThreadLocal<@Nullable Arriving> ARRIVING = new ThreadLocal<>();

  /** A response of which the headers are being read. */
  private record Arriving(BalancedCall call, Object client, Object headers) {}

  private Answers() {}

  /**
   * Before a request is written: names the server in it where it must. One that is too long for its
   * server is answered here.
   *
   * @param buffered the body, if it is written as well
   * @return what {@link #unnameServer} needs; null if there is nothing to do
   */
  static @Nullable Object nameServer(Object client, Object headers, @Nullable Object buffered)
      throws Throwable {
    BalancedCall call = BOUND.of(client);
    if (call == null) {
      return null;
    }
    Tunnel tunnel = call.tunnel();
    if (tunnel != null && tunnel.isAskedForBy(headers)) {
      return nameInTunnel(tunnel, call.target(), headers);
    }
    call.sending();
    if (isTooLong(call, headers, buffered)) {
      call.refuse();
      TooLarge.answer(client);
      return null;
    }
    secure(client, call);
    Copies.keepBody(client, call, headers);
    Target target = call.target();
    LogicalHead logical =
        target == null ? null : LogicalHead.replace(headers, call, target.server());
    Copies.Writing copied = Copies.begin(call, headers, logical);
    return copied == null ? logical : copied;
  }

  /**
   * After a fault of ours, a connection to an https server may be in the clear still: nothing is
   * sent there, and the call goes to its logical host.
   */
  private static void secure(Object client, BalancedCall call) throws Throwable {
    Target target = call.target();
    if (target != null && target.isTls() && !(Library.socket(client) instanceof SSLSocket)) {
      call.leaveAlone();
      Library.close(client);
      call.retarget(client);
      Library.open(client);
    }
  }

  private static @Nullable Object nameInTunnel(
      Tunnel tunnel, @Nullable Target target, Object headers) throws Throwable {
    if (target == null) {
      return null;
    }
    LogicalHead logical = LogicalHead.connect(headers, target);
    tunnel.named();
    return logical;
  }

  private static boolean isTooLong(BalancedCall call, Object headers, @Nullable Object buffered)
      throws Throwable {
    if (!call.judgement().isLimited()) {
      return false;
    }
    long bodyBytes =
        buffered instanceof ByteArrayOutputStream body ? body.size() : Library.bodyBytes(headers);
    return call.judgement().isTooLong(bodyBytes);
  }

  /**
   * After a request was written: the application sees the headers too.
   *
   * @param named what {@link #nameServer} returned
   * @param buffered the body, if it was written as well
   */
  static void unnameServer(
      Object client, Object headers, @Nullable Object buffered, @Nullable Object named)
      throws Throwable {
    Object replaced = named;
    if (named instanceof Copies.Writing copied) {
      Copies.written(client, copied, buffered);
      replaced = copied.replaced();
    }
    if (replaced instanceof LogicalHead logical) {
      logical.putBack(headers);
    }
  }

  /**
   * Before the JDK verifies a certificate against its URL.
   *
   * @return the URL to put back; null if nothing was changed
   */
  static @Nullable URL nameForVerifier(Object client) {
    BalancedCall call = BOUND.of(client);
    Target target = call == null ? null : call.target();
    if (target == null) {
      return null;
    }
    URL logical = Library.url(client);
    Library.setUrl(client, target.url());
    return logical;
  }

  /** The call that a client serves; null if none of ours, or while it asks for a tunnel. */
  private static @Nullable BalancedCall exchanging(Object client) {
    BalancedCall call = BOUND.of(client);
    Tunnel tunnel = call == null ? null : call.tunnel();
    return tunnel != null && tunnel.isUnderWay() ? null : call;
  }

  /** The JDK begins to wait for a response. */
  static void await(Object client) {
    BalancedCall call = exchanging(client);
    if (call != null) {
      Copies.streamed(client, call);
      call.reception().waiting();
    }
  }

  /**
   * The JDK has a response, or gives up: the one failure it does not is a wait for 100.
   *
   * @return as {@link ParseAdvice#exit}
   */
  static @Nullable Object @Nullable [] awaited(
      Object client, Object responses, @Nullable Throwable thrown) {
    BalancedCall call = BOUND.of(client);
    if (call == null) {
      return null;
    }
    Tunnel tunnel = call.tunnel();
    if (tunnel != null && tunnel.isUnderWay()) {
      tunnel.answered(responses);
      return null;
    }
    boolean isClosed = call.reception().waited();
    if (call.reception().takeGivenUp()) {
      return GivenUp.goOn(client, call, responses, Outcome.COMPLETED);
    }
    if (thrown == null || !isClosed) {
      return null;
    }
    if (GivenUp.isFailure(client, call, thrown)) {
      return GivenUp.goOn(client, call, responses, Outcome.IO_FAILED);
    }
    call.end(Outcome.IO_FAILED);
    call.judgement().stand();
    return null;
  }

  /** The JDK begins to read the headers of a response. */
  static boolean readHeaders(Object client, Object headers) {
    BalancedCall call = exchanging(client);
    if (call == null) {
      return false;
    }
    ARRIVING.set(new Arriving(call, client, headers));
    return true;
  }

  /**
   * The headers are there, and the cookie store has not seen them.
   *
   * @return true if it is not to see them, because the response is given up
   */
  static boolean headersRead() throws Throwable {
    Arriving arriving = BOUND.isUsed() ? ARRIVING.get() : null;
    if (arriving == null) {
      return false;
    }
    int status = Library.status(arriving.headers);
    if (status < FIRST_FINAL_STATUS) {
      return false;
    }
    ARRIVING.set(null);
    BalancedCall call = arriving.call;
    SetCookie first = call.answered(status, arriving.headers);
    if (GivenUp.isGivenUp(arriving.client, call, status)) {
      call.reception().answerGivenUp();
      return true;
    }
    call.judgement().stand();
    call.reception().declare(Library.bodyBytes(arriving.headers));
    for (SetCookie cookie = first; cookie != null; cookie = cookie.next()) {
      Library.addHeader(arriving.headers, "Set-Cookie", cookie.value());
    }
    return false;
  }

  static void leaveHeaders(boolean isEntered) {
    if (isEntered) {
      ARRIVING.set(null);
    }
  }

  /** The body as the application is to read it; null to leave it. */
  static @Nullable InputStream watch(Object client, @Nullable InputStream body) {
    BalancedCall call = BOUND.of(client);
    return call == null || body == null || Library.isReused(client)
        ? null
        : new WatchedBody(body, call);
  }

  /** The body was read to its end. */
  static void finished(Object client) {
    BalancedCall call = exchanging(client);
    if (call != null) {
      call.finished();
    }
  }

  /** The JDK closes a connection. */
  static void closed(Object client) {
    BalancedCall call = exchanging(client);
    if (call != null) {
      call.closed();
    }
  }

  /**
   * A connection gives its body or an exception: after the latter, a request that was not sent will
   * not be. That is how a limit of redirects ends, with a client that the JDK has just found.
   */
  static void leaveInput(Object connection, @Nullable Throwable thrown) {
    BalancedCall call = thrown == null ? null : of(connection);
    if (call != null && !call.isSent()) {
      call.giveUp();
    }
  }

  /** The application gives up. */
  static void disconnect(Object connection) {
    BalancedCall call = of(connection);
    if (call != null) {
      call.giveUp();
    }
  }

  /** A connection's call; null if not ours. Its client may serve another connection by now. */
  static @Nullable BalancedCall of(Object connection) {
    Object client = BOUND.isUsed() ? Library.client(connection) : null;
    BalancedCall call = client == null ? null : BOUND.of(client);
    return call != null && call.logical().isOf(connection) ? call : null;
  }
}
