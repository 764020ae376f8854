package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.RequestCopy;
import dev.evenkeel.spi.SetCookie;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
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
  private final AttemptProgress progress;
  private final HttpClientContext clientContext;
  private final HttpRoute serverRoute;
  private final HttpRoute logicalRoute;
  private volatile @Nullable CopiedRequest copied;

  WatchedExchange(
      AsyncClientExchangeHandler exchange,
      AttemptProgress progress,
      HttpClientContext clientContext,
      HttpRoute serverRoute,
      HttpRoute logicalRoute) {
    this.exchange = exchange;
    this.progress = progress;
    this.clientContext = clientContext;
    this.serverRoute = serverRoute;
    this.logicalRoute = logicalRoute;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    progress.sending();
    try {
      exchange.produceRequest(
          (request, entity, sentIn) -> send(channel, request, entity, sentIn), context);
    } catch (Throwable failure) {
      progress.end(Outcome.CANCELLED);
      throw failure;
    }
  }

  private void send(
      RequestChannel channel,
      HttpRequest request,
      @Nullable EntityDetails entity,
      HttpContext context)
      throws HttpException, IOException {
    HttpRequest wire = wireForm(request);
    CopiedRequest copying = beginCopy(request, wire, context);
    copied = copying;
    try {
      channel.sendRequest(wire, entity, context);
    } catch (IOException failure) {
      progress.end(Outcome.IO_FAILED);
      throw failure;
    }
    if (copying != null) {
      copying.sent(entity != null);
    }
    if (wire != request) {
      // Sending put the wire's form into the context, which is the application's to read.
      LaterMembers.setRequest(clientContext, request);
    }
  }

  private HttpRequest wireForm(HttpRequest request) {
    try {
      return AsyncWireRequest.of(request, progress.attempt().server(), serverRoute, logicalRoute);
    } catch (Throwable fault) {
      Faults.report(fault);
      return request;
    }
  }

  /** Null if there is no mirror for this call, which is the rule. */
  private @Nullable CopiedRequest beginCopy(
      HttpRequest request, HttpRequest wire, HttpContext context) {
    try {
      RequestCopy copy = progress.attempt().copy();
      return copy == null ? null : new CopiedRequest(request, wire, context, copy);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  @Override
  public int available() {
    return exchange.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    CopiedRequest copying = copied;
    exchange.produce(copying == null ? channel : copying.body(channel));
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    exchange.consumeInformation(response, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    progress.answered(response);
    addSetCookie(response);
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

  private void addSetCookie(HttpResponse response) {
    for (SetCookie c = progress.attempt().setCookies(); c != null; c = c.next()) {
      response.addHeader(HttpHeaders.SET_COOKIE, c.value());
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    exchange.updateCapacity(channel);
  }

  /** What reads the body may give it up by throwing, which says nothing about the server. */
  @Override
  public void consume(ByteBuffer bytes) throws IOException {
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
    progress.end(Outcome.COMPLETED);
    exchange.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    progress.connectionFailed(cause);
    exchange.failed(cause);
  }

  @Override
  public void cancel() {
    progress.cancelled();
    exchange.cancel();
  }

  @Override
  public void releaseResources() {
    try {
      exchange.releaseResources();
    } finally {
      progress.released();
    }
  }
}
