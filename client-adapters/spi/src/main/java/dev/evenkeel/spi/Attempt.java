package dev.evenkeel.spi;

import org.jspecify.annotations.Nullable;

/**
 * One try of an exchange on one server. {@link #end} must be reached on every path. Thread-safe:
 * the body may end on another thread than the one that sent the request.
 */
public interface Attempt {
  /** The server to connect to. */
  Server server();

  /**
   * The {@code Set-Cookie} headers to add to the response of this attempt before the client's
   * cookie store reads it; null when the session needs no (new) cookie. The response's own cookies
   * stay.
   */
  @Nullable SetCookie setCookies();

  /**
   * Where to repeat the request of this attempt for mirrors. Ask at the moment the request is
   * written, and again if it is written once more: the copy before is then given up.
   *
   * @return null if there is no mirror for this call, which is the rule
   */
  default @Nullable RequestCopy copy() {
    return null;
  }

  /**
   * The response's status and headers have arrived. At most the first call counts.
   *
   * @param status 100..999; informational responses are not reported, except 101
   */
  void answered(int status);

  /**
   * As {@link #answered(int)}, for an adapter that can also show the response's headers: a server
   * that says it is busy may say there for how long.
   *
   * @param response the client's own response object, handed to {@code reader} and not kept
   * @param reader the adapter's way of reading {@code response}
   */
  default <R> void answered(int status, R response, ResponseReader<R> reader) {
    answered(status);
  }

  /**
   * A part of the response's body waits for the application, and no more is asked for until it
   * reads on; or it does read on. For an adapter whose client keeps what the application may have
   * lost: an attempt that rests for minutes ends as one that was lost.
   */
  default void rests(boolean isResting) {}

  /**
   * The attempt is over: the body was read to its end or given up, or there was a failure. First
   * call wins.
   */
  void end(Outcome outcome);

  /**
   * Begins another attempt on the same server, for a client that repeats its request on a
   * connection it holds, as after an authentication challenge. Call it after {@link #end}. Nothing
   * is picked, so neither a fence nor a failed probe keeps it from the server; its {@link
   * #setCookies} are this one's.
   */
  Attempt again();
}
