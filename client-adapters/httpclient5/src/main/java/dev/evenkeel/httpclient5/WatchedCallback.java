package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the client's chain reports to while an attempt is under way. It hears of a connection that
 * could not be made, and tries another server before the client does. Thread-safe; one per attempt.
 */
final class WatchedCallback implements AsyncExecCallback {
  private final AsyncCall call;
  private final AsyncExecCallback callback;
  private final Scope logical;
  private final AttemptProgress progress;
  private volatile @Nullable AsyncServerChain following;

  WatchedCallback(AsyncCall call, AsyncStep step, AttemptProgress progress) {
    this.call = call;
    this.callback = step.callback();
    this.logical = step.logical();
    this.progress = progress;
  }

  /**
   * A response although nothing was connected is the proxy's answer to our CONNECT. The application
   * gets it if no other server is left.
   */
  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entityDetails)
      throws HttpException, IOException {
    if (!progress.isConnected() && response.getCode() >= HttpStatus.SC_INTERNAL_SERVER_ERROR) {
      progress.end(Outcome.CONNECT_FAILED);
      following = call.anotherServer();
      if (following != null) {
        return entityDetails == null ? null : DiscardingConsumer.INSTANCE;
      }
    }
    return callback.handleResponse(response, entityDetails);
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    callback.handleInformationResponse(response);
  }

  @Override
  public void completed() {
    AsyncServerChain server = following;
    if (server != null) {
      call.goTo(server);
      return;
    }
    progress.end(Outcome.COMPLETED);
    keepOrRelease();
    callback.completed();
  }

  /**
   * The client keeps its connection over a redirect to the same host, and over a repeated request.
   * Those are exchanges of their own, which may go to other servers, so it is given back here;
   * except after a challenge, which is answered on the connection that it came on.
   */
  private void keepOrRelease() {
    try {
      AttemptProgress last = call.latest();
      if (last.isChallenged()) {
        KeptConnections.note(logical.execRuntime, last.attempt(), logical.route);
      } else {
        logical.execRuntime.releaseEndpoint();
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  @Override
  public void failed(Exception failure) {
    Exception cause =
        failure instanceof IOException io
            ? LogicalFailure.of(io, logical.route.getTargetHost())
            : failure;
    AsyncServerChain server = following;
    if (server != null) {
      // The proxy's refusal was cut short: the call has its next server already.
      call.goTo(server);
    } else if (progress.isConnectFailure(cause)
        && !logical.cancellableDependency.isCancelled()
        && !Reactors.isClosed(logical.execRuntime)) {
      progress.end(Outcome.CONNECT_FAILED);
      call.moveOn(cause);
    } else {
      progress.end(Outcome.CANCELLED);
      callback.failed(cause);
    }
  }
}
