package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketTimeoutException;
import java.net.UnknownServiceException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.internal.connection.Exchange;
import okhttp3.internal.connection.ExchangeFinder;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.connection.RoutePlanner;
import okhttp3.internal.http.RealInterceptorChain;

/**
 * The insides of OkHttp that the adapter relies on, all of them. Another major version differs
 * here, and in the hooks' names. Thread-safe.
 */
final class Library {
  private static final VarHandle FINDER =
      field(RealCall.class, "exchangeFinder", ExchangeFinder.class);
  private static final VarHandle EXCHANGE =
      field(RealCall.class, "interceptorScopedExchange", Exchange.class);
  private static final VarHandle HAS_FAILURE = field(Exchange.class, "hasFailure", boolean.class);

  private Library() {}

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  /** Makes the call find its next connection by the request's URL. */
  static void plan(RealCall call, Request request, Interceptor.Chain chain) {
    call.enterNetworkInterceptorExchange(request, true, (RealInterceptorChain) chain);
  }

  /** The plan by which the call finds its connection; there is one when it connects. */
  static RoutePlanner planner(RealCall call) {
    return ((ExchangeFinder) FINDER.get(call)).getRoutePlanner();
  }

  /**
   * What a failure says about the server. A call without an exchange has no connection and has sent
   * nothing. An exchange that failed marks itself; without the mark the failure is one of an
   * interceptor or of the request body.
   */
  static Outcome outcome(RealCall call, Throwable thrown) {
    if (call.isCanceled() || !(thrown instanceof IOException) || isInterrupt(thrown)) {
      return Outcome.CANCELLED;
    }
    Exchange exchange = (Exchange) EXCHANGE.get(call);
    if (exchange == null) {
      // The client forbids the scheme: no server is to blame.
      return thrown instanceof UnknownServiceException ? Outcome.CANCELLED : Outcome.CONNECT_FAILED;
    }
    return (boolean) HAS_FAILURE.get(exchange) ? Outcome.IO_FAILED : Outcome.CANCELLED;
  }

  /** A connect of an interrupted virtual thread ends with a plain SocketException. */
  private static boolean isInterrupt(Throwable thrown) {
    return Thread.currentThread().isInterrupted()
        || (thrown instanceof InterruptedIOException
            && !(thrown instanceof SocketTimeoutException));
  }
}
