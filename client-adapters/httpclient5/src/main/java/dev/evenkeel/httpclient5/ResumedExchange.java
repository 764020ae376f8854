package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncDataProducer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The client's exchange on a further server: the request that it prepared is sent again without it,
 * and it gets the response. Thread-safe where the client's is.
 *
 * <p>The client is done with a call, and gives its connection back, when request and response are
 * both at their end. Where it heard of the request's end on the server before, the end of the
 * response is held until the request has been sent here too. From 400 on the client does not wait.
 */
final class ResumedExchange implements AsyncClientExchangeHandler {
  private final AsyncClientExchangeHandler theirs;
  private final SentRequest sent;
  private final AsyncExecCallback callback;
  private final AtomicInteger open = new AtomicInteger(1);
  private final AtomicReference<@Nullable Ending> held = new AtomicReference<>();
  private volatile @Nullable AsyncDataProducer body;
  private volatile boolean isWaiting;
  private volatile boolean hasFailed;

  /** How a response ends for the client. */
  private interface Ending {
    void reach() throws HttpException, IOException;
  }

  /**
   * An exchange that goes on.
   *
   * @param callback what hears of its failure, and may know another server
   */
  ResumedExchange(AsyncClientExchangeHandler theirs, SentRequest sent, AsyncExecCallback callback) {
    this.theirs = theirs;
    this.sent = sent;
    this.callback = callback;
  }

  SentRequest sent() {
    return sent;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    sent.restoreHead();
    AsyncDataProducer again = sent.bodyAgain();
    if (again != null && sent.isEnded()) {
      open.set(2);
      body = again;
    }
    channel.sendRequest(sent.request(), sent.entity(), context);
  }

  @Override
  public int available() {
    AsyncDataProducer again = body;
    return again == null ? theirs.available() : again.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    AsyncDataProducer again = body;
    if (again == null) {
      theirs.produce(channel);
    } else {
      again.produce(new LastChannel(channel));
    }
  }

  private void requestEnded() throws IOException {
    try {
      if (open.decrementAndGet() <= 0) {
        boolean unused = reachEnd();
      }
    } catch (HttpException failure) {
      callback.failed(failure);
    }
  }

  @Override
  public void consumeInformation(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    theirs.consumeInformation(response, context);
  }

  @Override
  public void consumeResponse(
      HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    isWaiting = response.getCode() < HttpStatus.SC_CLIENT_ERROR;
    if (entity == null) {
      responseEnded(() -> theirs.consumeResponse(response, null, context));
    } else {
      theirs.consumeResponse(response, entity, context);
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    theirs.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    theirs.consume(bytes);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    responseEnded(() -> theirs.streamEnd(trailers));
  }

  private void responseEnded(Ending ending) throws HttpException, IOException {
    held.set(ending);
    if (open.decrementAndGet() <= 0 || !isWaiting) {
      boolean unused = reachEnd();
    }
  }

  /** False if there is no end to reach. */
  private boolean reachEnd() throws HttpException, IOException {
    Ending ending = held.getAndSet(null);
    if (ending == null) {
      return false;
    }
    ending.reach();
    return true;
  }

  /** A response that is here whole counts, also where the server wants no more of the request. */
  @Override
  public void failed(Exception cause) {
    try {
      if (!reachEnd()) {
        fail(cause);
      }
    } catch (HttpException | IOException failure) {
      fail(failure);
    }
  }

  private void fail(Exception cause) {
    hasFailed = true;
    callback.failed(cause);
  }

  @Override
  public void cancel() {
    theirs.cancel();
  }

  /** After a failure the client's exchange may be under way on another connection by now. */
  @Override
  public void releaseResources() {
    if (!hasFailed) {
      theirs.releaseResources();
    }
  }

  /** Tells when all of the body has been sent. Thread-safe where the connection's is. */
  private final class LastChannel extends ForwardingChannel {
    LastChannel(DataStreamChannel channel) {
      super(channel);
    }

    @Override
    public void endStream() throws IOException {
      super.endStream();
      requestEnded();
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
      super.endStream(trailers);
      requestEnded();
    }
  }
}
