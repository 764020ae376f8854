package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * How an asynchronous call goes on after its response was given up: the connecting step runs again,
 * with a chain that ends where the request leaves, and the client's exchange gets what comes. What
 * stands above sees neither the response that was given up nor an exception of ours, and the
 * client's interceptors do not run again. Thread-safe where the client's exchange is.
 */
final class AsyncGivenUp implements AsyncExecChain, AsyncExecCallback {
  private final AsyncStep step;
  private final AsyncClientExchangeHandler theirs;
  private final SentRequest sent;

  private AsyncGivenUp(AsyncStep step, AsyncClientExchangeHandler theirs, SentRequest sent) {
    this.step = step;
    this.theirs = theirs;
    this.sent = sent;
  }

  /** The step that {@code step} goes on with, for an exchange that was given up there. */
  static AsyncStep rest(AsyncStep step, AsyncClientExchangeHandler exchange, SentRequest sent) {
    if (exchange instanceof ResumedExchange) {
      return step;
    }
    AsyncGivenUp rest = new AsyncGivenUp(step, exchange, sent);
    return new AsyncStep(
        step.connectExec(), step.request(), step.producer(), step.logical(), rest, rest);
  }

  /** Until 5.2 the step asks a proxy for a tunnel by the chain. */
  @Override
  public void proceed(
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      Scope connected,
      AsyncExecCallback reported)
      throws HttpException, IOException {
    if (Method.CONNECT.isSame(request.getMethod())) {
      step.next().proceed(request, producer, connected, reported);
    } else {
      connected.cancellableDependency.setDependency(
          connected.execRuntime.execute(
              connected.exchangeId,
              new ResumedExchange(theirs, sent, reported),
              connected.clientContext));
    }
  }

  /** A proxy's answer to our CONNECT, where no other server is left. */
  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse response, @Nullable EntityDetails entity) throws HttpException, IOException {
    theirs.consumeResponse(response, entity, step.logical().clientContext);
    return entity == null ? null : theirs;
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    theirs.consumeInformation(response, step.logical().clientContext);
  }

  /** The exchange has told the client. */
  @Override
  public void completed() {}

  @Override
  public void failed(Exception cause) {
    try {
      theirs.failed(cause);
    } finally {
      theirs.releaseResources();
    }
  }
}
