package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownServiceException;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** Says what a failure of a call tells of its server. Stateless. Thread-safe. */
final class Verdict {
  /** What OkHttp says of a tunnel that a proxy refused, before the status. */
  private static final String REFUSED = "Unexpected response code for CONNECT: ";

  /** The first digit of a status of 500 and more. */
  private static final char SERVER_ERROR = '5';

  private Verdict() {}

  /**
   * How the attempt of a call that failed has ended, if OkHttp does not retry it.
   *
   * @param failure the failure of input or output in {@code thrown}; null if it is another one
   */
  static Outcome of(Call call, Throwable thrown, @Nullable IOException failure) {
    if (call.isCanceled() || failure == null || isInterrupt(failure)) {
      return Outcome.CANCELLED;
    }
    if (OkHttpCopy.INSIDES.isUnsent(call, thrown)) {
      // The client forbids the scheme, or the proxy the tunnel: no server is to blame.
      return failure instanceof UnknownServiceException || isForbiddenByProxy(failure)
          ? Outcome.CANCELLED
          : Outcome.CONNECT_FAILED;
    }
    return OkHttpCopy.INSIDES.hasConnectionFailed(call) ? Outcome.IO_FAILED : Outcome.CANCELLED;
  }

  /** A status below 500, or no credentials: only OkHttp's own words tell. */
  private static boolean isForbiddenByProxy(IOException failure) {
    String message = failure.getMessage();
    return message != null
        && (message.equals("Failed to authenticate with proxy")
            || (message.startsWith(REFUSED)
                && message.length() > REFUSED.length()
                && message.charAt(REFUSED.length()) < SERVER_ERROR));
  }

  /** A connect of an interrupted virtual thread ends with a plain SocketException. */
  private static boolean isInterrupt(IOException failure) {
    return Thread.currentThread().isInterrupted()
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }
}
