package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's way through the connecting step: the step itself sees the server's route, what
 * follows the connection sees the logical one again. Not thread-safe; one per attempt.
 */
final class ServerChain extends OwnChain {
  /** What the library until 5.3 says of a tunnel that a proxy refused, up to the minor version. */
  private static final String REFUSED = "CONNECT refused by proxy: HTTP/1.";

  private final GuardedAttempt attempt;
  private final ExecRuntime runtime;
  private final @Nullable TransportPass pass;
  private final Scope serverScope;
  private final Scope logicalScope;
  private boolean reached;

  private ServerChain(
      GuardedAttempt attempt, @Nullable BalancedCall call, Scope logical, ExecChain next) {
    super(next);
    Server server = attempt.server();
    HttpRoute route = ServerRoutes.to(server, logical.route);
    ServerTls tls = server.tls();
    this.attempt = attempt;
    this.runtime = logical.execRuntime;
    this.pass = tls == null ? null : TransportPass.of(tls);
    ExecRuntime connecting = pass == null ? runtime : new TransportRuntime(logical, pass);
    this.serverScope = Scopes.with(logical, route, connecting);
    this.logicalScope =
        Scopes.with(
            logical, logical.route, new ServerRuntime(connecting, attempt, call, logical, route));
  }

  /**
   * The way to the server of {@code attempt}; a fault on the way ends the attempt.
   *
   * @param call null if the request is repeated on a connection that the client kept
   */
  static ServerChain to(
      GuardedAttempt attempt, @Nullable BalancedCall call, Scope logical, ExecChain next) {
    try {
      return new ServerChain(attempt, call, logical, next);
    } catch (Throwable fault) {
      attempt.end(Outcome.CANCELLED);
      throw fault;
    }
  }

  /** What the connecting step gets. */
  Scope serverScope() {
    return serverScope;
  }

  @Override
  public ClassicHttpResponse proceed(ClassicHttpRequest request, Scope connected)
      throws IOException, HttpException {
    if (pass != null) {
      pass.check();
    }
    reached = true;
    watchCancellation();
    return super.proceed(request, logicalScope);
  }

  /** The catch stands here because the first use may fail to initialise the class. */
  private void watchCancellation() {
    try {
      Cancellation.watch(runtime, attempt);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /**
   * Settles the attempt after the connecting step is through.
   *
   * @param thrown what it ended with, null if it returned
   * @return true if there was no connection, so that another server may be tried
   */
  boolean settle(@Nullable ClassicHttpResponse returned, @Nullable Throwable thrown) {
    if (reached) {
      if (thrown != null) {
        attempt.end(Outcome.CANCELLED);
      }
      return false;
    }
    boolean refused = thrown == null ? isRefusedByProxy(returned) : isConnectFailure(thrown);
    refused |= thrown instanceof HttpException && isRefusedByProxy(thrown);
    attempt.end(refused ? Outcome.CONNECT_FAILED : Outcome.CANCELLED);
    return refused;
  }

  /** A response although nothing was connected is the proxy's answer to our CONNECT. */
  private static boolean isRefusedByProxy(@Nullable ClassicHttpResponse returned) {
    return returned != null && returned.getCode() >= HttpStatus.SC_INTERNAL_SERVER_ERROR;
  }

  /** The same as the library until 5.3 has it, which puts the status into words alone. */
  private static boolean isRefusedByProxy(Throwable thrown) {
    String message = thrown.getMessage();
    return message != null
        && message.startsWith(REFUSED)
        && message.startsWith("5", REFUSED.length() + "1 ".length());
  }

  /** A lease that was refused or timed out is the client's own limit, not the server's failure. */
  private boolean isConnectFailure(Throwable thrown) {
    return thrown instanceof IOException
        && !(thrown instanceof RequestFailedException)
        && !(thrown instanceof ConnectionRequestTimeoutException)
        && !runtime.isExecutionAborted()
        && !Thread.currentThread().isInterrupted();
  }
}
