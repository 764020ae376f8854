package dev.evenkeel.httpasyncclient4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
 * client makes of it what it makes of any. Source: Traefik, which answers the same to one that is
 * longer than {@code failover.errors.maxRequestBodyBytes}. Not thread-safe.
 */
final class TooLarge implements ContentDecoder, IOControl {
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);
  private static final ContentType TYPE = ContentType.create("text/plain", StandardCharsets.UTF_8);

  private final ByteBuffer text = ByteBuffer.wrap(TEXT);

  private TooLarge() {}

  /** Gives the answer to a handler that has no connection. */
  static void answer(Object handler) {
    try {
      new TooLarge().give((HttpAsyncClientExchangeHandler) handler);
    } catch (Throwable applications) {
      Calls.fail(handler, applications instanceof Exception e ? e : new IOException(applications));
    }
  }

  private void give(HttpAsyncClientExchangeHandler handler) throws Exception {
    handler.responseReceived(response());
    int before = -1;
    while (!isCompleted() && text.position() != before && !handler.isDone()) {
      before = text.position();
      handler.consumeContent(this, this);
    }
    if (!handler.isDone()) {
      HttpAsyncResponseConsumer<?> consumer = Internals.consumer(handler);
      consumer.responseCompleted(Internals.context(handler));
      Internals.complete(handler, consumer);
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

  /** Nothing to do, as for all of a connection: there is none. */
  @Override
  public void requestInput() {}

  @Override
  public void suspendInput() {}

  @Override
  public void requestOutput() {}

  @Override
  public void suspendOutput() {}

  @Override
  public void shutdown() {}
}
