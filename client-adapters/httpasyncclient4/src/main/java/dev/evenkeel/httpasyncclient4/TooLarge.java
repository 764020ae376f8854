package dev.evenkeel.httpasyncclient4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.ConnectionClosedException;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.HttpVersion;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;

/**
 * The answer to a request whose body is longer than may be kept, in place of a connection's: the
 * client makes of it what it makes of any, as slowly as it wants. Source: Traefik, which answers
 * the same to one that is longer than {@code failover.errors.maxRequestBodyBytes}. Thread-safe as a
 * connection is.
 */
final class TooLarge implements ContentDecoder, IOControl {
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);
  private static final ContentType TYPE = ContentType.create("text/plain", StandardCharsets.UTF_8);

  private final HttpAsyncClientExchangeHandler handler;
  private final ByteBuffer text = ByteBuffer.wrap(TEXT);

  /** True while the application wants none of the text. */
  private volatile boolean isSuspended;

  /** True while no thread gives the text, and the next wish for it has to start one. */
  private final AtomicBoolean isWaiting = new AtomicBoolean();

  private TooLarge(HttpAsyncClientExchangeHandler handler) {
    this.handler = handler;
  }

  /** Gives the answer to a handler that has no connection. */
  static void answer(Object handler) {
    TooLarge answer = new TooLarge((HttpAsyncClientExchangeHandler) handler);
    answer.attempt(answer::give);
  }

  private void give() throws Exception {
    handler.responseReceived(response());
    goOn();
  }

  private void goOn() throws Exception {
    while (!isCompleted() && !isOver()) {
      int before = text.position();
      handler.consumeContent(this, this);
      if (isSuspended && !isCompleted()) {
        isWaiting.set(true);
        if (isSuspended || !isWaiting.compareAndSet(true, false)) {
          return; // The wish for more of it goes on from here.
        }
      } else if (text.position() == before && !isOver()) {
        throw new ConnectionClosedException("Response is not read");
      }
    }
    if (!isOver()) {
      HttpAsyncResponseConsumer<?> consumer = Internals.consumer(handler);
      consumer.responseCompleted(Internals.context(handler));
      Internals.complete(handler, consumer);
    }
  }

  private boolean isOver() {
    return handler.isDone() || Internals.isClosed(handler);
  }

  private void attempt(Step step) {
    try {
      step.take();
    } catch (Throwable applications) {
      Calls.fail(handler, applications instanceof Exception e ? e : new IOException(applications));
    }
  }

  private static HttpResponse response() {
    HttpResponse response =
        new BasicHttpResponse(
            HttpVersion.HTTP_1_1, HttpStatus.SC_REQUEST_TOO_LONG, "Request Entity Too Large");
    response.setHeader(HttpHeaders.CONTENT_TYPE, TYPE.toString());
    response.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(TEXT.length));
    response.setEntity(new ByteArrayEntity(TEXT, TYPE));
    return response;
  }

  @Override
  public int read(ByteBuffer into) {
    if (!text.hasRemaining()) {
      return -1;
    }
    int length = Math.min(into.remaining(), text.remaining());
    into.put(text.slice().limit(length));
    text.position(text.position() + length);
    return length;
  }

  @Override
  public boolean isCompleted() {
    return !text.hasRemaining();
  }

  /**
   * The application wants the rest. As with a connection another thread gives it, since this one
   * may hold what the application waits with.
   */
  @Override
  public void requestInput() {
    isSuspended = false;
    if (isWaiting.compareAndSet(true, false)) {
      Thread thread = new Thread(() -> attempt(this::goOn), "evenkeel-too-large");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void suspendInput() {
    isSuspended = true;
  }

  /** Nothing to do: the request is not written. */
  @Override
  public void requestOutput() {}

  @Override
  public void suspendOutput() {}

  @Override
  public void shutdown() {
    Calls.fail(handler, new ConnectionClosedException("Connection closed"));
  }

  private interface Step {
    void take() throws Exception;
  }
}
