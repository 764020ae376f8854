package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GatewayStatus;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStreamResetException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The client's exchange on the wire, where the final request leaves and the response first appears:
 * it gives the request its form for the server and reports how the attempt goes. Thread-safe where
 * the client's is.
 *
 * <p>An attempt ends before the client hears of its end, so that an application that was told finds
 * it ended.
 */
final class WatchedExchange implements AsyncClientExchangeHandler {
  private final AsyncClientExchangeHandler exchange;
  private final AsyncCall call;
  private final AsyncStep step;
  private final AttemptProgress progress;
  private final HttpRoute serverRoute;
  private volatile @Nullable CopiedRequest copied;

  /** Null if the answer is final, which is the rule, and once it stands. */
  private volatile @Nullable SentRequest sent;

  /** Why a request without a body did not leave; null if it did. */
  private volatile @Nullable IOException unsent;

  /** True once the call went on to another service: what comes here is nobody's. */
  private volatile boolean isLeft;

  WatchedExchange(
      AsyncClientExchangeHandler exchange,
      AsyncCall call,
      AsyncStep step,
      AttemptProgress progress,
      HttpRoute serverRoute) {
    this.exchange = Objects.requireNonNull(exchange);
    this.call = call;
    this.step = step;
    this.progress = progress;
    this.serverRoute = serverRoute;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    if (TransportPass.isMeant(serverRoute.getTargetHost()) && AsyncTls.isBare(step.logical())) {
      throw TransportPass.notInForce();
    }
    progress.sending();
    try {
      exchange.produceRequest(
          (request, entity, sentIn) -> send(channel, request, entity, sentIn), context);
      IOException failure = unsent;
      if (failure != null) {
        throw failure;
      }
    } catch (Throwable failure) {
      progress.end(Outcome.CANCELLED);
      throw failure;
    }
  }

  /**
   * Without a body the client counts the request as ended when it has been sent here, once for all
   * servers, so it hears of no failure: the connection does, when the client has counted.
   */
  private void send(
      RequestChannel channel,
      HttpRequest request,
      @Nullable EntityDetails entity,
      HttpContext context)
      throws HttpException, IOException {
    sent =
        exchange instanceof ResumedExchange resumed
            ? resumed.sent()
            : SentRequest.begin(call, request, entity);
    HttpRequest wire = wireForm(request);
    CopiedRequest copying = CopiedRequest.begin(progress.attempt(), request, wire, context);
    copied = copying;
    if (entity != null) {
      progress.sendingBody(wire);
    }
    try {
      channel.sendRequest(wire, entity, context);
    } catch (IOException failure) {
      boolean isClosed = Reactors.isClosed(step.logical().execRuntime);
      progress.end(isClosed ? Outcome.CANCELLED : Outcome.IO_FAILED);
      if (entity != null) {
        throw failure;
      }
      unsent = failure;
      return;
    } catch (HttpException refused) {
      sent = null; // The connection's own word says nothing of the server.
      throw refused;
    }
    if (copying != null) {
      copying.sent(entity != null);
    }
    if (wire != request) {
      // Sending put the wire's form into the context, which is the application's to read.
      LaterMembers.setRequest(step.logical().clientContext, request);
    }
  }

  private HttpRequest wireForm(HttpRequest request) {
    try {
      return AsyncWireRequest.of(
          request, progress.attempt().server(), serverRoute, step.logical().route);
    } catch (Throwable fault) {
      Faults.report(fault);
      return request;
    }
  }

  @Override
  public int available() {
    if (isLeft) {
      return 0;
    }
    try {
      return exchange.available();
    } catch (Throwable failure) {
      progress.bodyFailed(failure);
      throw failure;
    }
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (isLeft) {
      return;
    }
    SentRequest again = sent;
    CopiedRequest copying = copied;
    DataStreamChannel wire = copying == null ? channel : copying.body(channel);
    try {
      exchange.produce(
          again == null ? new JudgedChannel(wire, progress) : again.body(wire, progress));
    } catch (Throwable failure) {
      progress.bodyFailed(failure);
      throw failure;
    }
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    if (!isLeft) {
      exchange.consumeInformation(response, context);
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    progress.answered(response);
    SentRequest again = sent;
    if (again != null) {
      if (isGivenUp(again, response.getCode())) {
        goOnAfter(again, entity != null, context);
        return;
      }
      sent = null;
      again.answerStands();
    }
    progress.addSetCookie(response);
    if (entity == null) {
      progress.end(Outcome.COMPLETED);
    }
    try {
      exchange.consumeResponse(response, entity, context);
    } catch (Throwable failure) {
      progress.end(Outcome.CANCELLED);
      throw failure;
    }
  }

  private boolean isGivenUp(SentRequest again, int status) {
    try {
      return !step.logical().cancellableDependency.isCancelled()
          && again.canBeSentAgain(exchange, progress)
          && call.givesUp(status);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /** In HTTP/2 only the stream is closed: other calls are under way on its connection. */
  private void goOnAfter(SentRequest again, boolean hasBody, HttpContext context)
      throws HttpStreamResetException {
    boolean isHttp2 = context.getProtocolVersion().greaterEquals(HttpVersion.HTTP_2);
    boolean isOver = !hasBody && (again.entity() == null || again.isEnded());
    if (isHttp2) {
      isLeft = true;
      LeftConnection.giveBack(step.logical());
    }
    goOn(again, Outcome.COMPLETED);
    if (isHttp2 && !isOver) {
      throw new HttpStreamResetException("The response was given up");
    }
  }

  private void goOn(SentRequest again, Outcome outcome) {
    isLeft = true;
    sent = null;
    progress.end(outcome);
    call.goOn(AsyncGivenUp.rest(step, exchange, again));
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    if (isLeft) {
      channel.update(Integer.MAX_VALUE);
    } else {
      exchange.updateCapacity(WatchedCapacity.resting(channel, progress.attempt()));
    }
  }

  /** What reads the body may give it up by throwing, which says nothing about the server. */
  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    if (isLeft) {
      bytes.position(bytes.limit());
      return;
    }
    try {
      exchange.consume(bytes);
    } catch (Throwable failure) {
      progress.end(Outcome.CANCELLED);
      throw failure;
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    if (!isLeft) {
      progress.end(Outcome.COMPLETED);
      exchange.streamEnd(trailers);
    }
  }

  @Override
  public void failed(Exception cause) {
    if (isLeft) {
      return;
    }
    if (Reactors.isClosed(step.logical().execRuntime)) {
      progress.cancelled();
    }
    SentRequest again = sent;
    if (again != null
        && progress.isServersFailure(cause)
        && isGivenUp(again, GatewayStatus.of(cause))) {
      goOn(again, progress.outcomeOf(cause));
    } else {
      progress.connectionFailed(cause);
      exchange.failed(cause);
    }
  }

  @Override
  public void cancel() {
    call.cancelled();
    exchange.cancel();
  }

  @Override
  public void releaseResources() {
    try {
      if (!isLeft) {
        exchange.releaseResources();
      }
    } finally {
      progress.released();
    }
  }
}
