package dev.evenkeel.it.httpclient5;

import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.support.classic.ContentInputStream;
import org.apache.hc.core5.http.nio.support.classic.SharedInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A reply whose body is pushed by the client and read as a stream, with back-pressure. The call's
 * own future completes with the body, so that the call can be given up until then. The end shows
 * when the client has given back its connection, so that a call after it finds it. Thread-safe.
 */
final class PushedReply implements AsyncResponseConsumer<Void> {
  private static final String PROTOCOL_STEP =
      "org.apache.hc.client5.http.impl.async.AsyncProtocolExec";

  private static final String DEFAULT_PORT = "^(http://[^/?]*):80/|^(https://[^/?]*):443/";

  private final HttpClientContext context;
  private final boolean isPortNamed;
  private final SharedInputBuffer body = new SharedInputBuffer(65_536);
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final CompletableFuture<Future<Void>> call = new CompletableFuture<>();
  private volatile @Nullable FutureCallback<Void> end;
  private volatile @Nullable Reply made;
  private volatile @Nullable Map<String, List<String>> trailers;
  private volatile @Nullable Exception failure;
  private volatile boolean isReceived;

  /**
   * A reply that is to come.
   *
   * @param isPortNamed the URL got its scheme's own port for the client alone
   */
  PushedReply(HttpClientContext context, boolean isPortNamed) {
    this.context = context;
    this.isPortNamed = isPortNamed;
  }

  /** Completes at status and headers; to cancel it is to give up {@code running}. */
  CompletableFuture<Reply> of(Future<Void> running) {
    call.complete(running);
    return Client.cancelling(reply, this::giveUp);
  }

  /** Hears of a call that fails before the client has turned to its consumer. */
  FutureCallback<Void> outcome() {
    return new FutureCallback<>() {
      @Override
      public void completed(Void unused) {}

      @Override
      public void failed(Exception cause) {
        PushedReply.this.failed(cause);
      }

      @Override
      public void cancelled() {}
    };
  }

  /**
   * Up to 5.4 the client reads a map of its context here, in which its own thread notes something
   * at the end of a body: where both meet, the call has ended or is cancelled all the same.
   */
  private void giveUp() {
    try {
      boolean unused = call.join().cancel(true);
    } catch (ConcurrentModificationException race) {
      if (!race.getStackTrace()[2].getClassName().startsWith(PROTOCOL_STEP)) {
        throw race;
      }
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext unusedContext,
      FutureCallback<Void> callback) {
    end = callback;
    InputStream stream = entity == null ? InputStream.nullInputStream() : new PushedStream();
    made =
        new Reply(
            response.getCode(),
            byName(List.of(response.getHeaders())),
            stream,
            url(),
            () -> trailers,
            this::giveUp);
    if (entity == null) {
      received();
    } else {
      reply.complete(made);
    }
  }

  private void received() {
    // The minimal client releases this consumer while it hears of the end.
    isReceived = true;
    FutureCallback<Void> callback = end;
    if (callback != null) {
      callback.completed(null);
    }
  }

  private static Map<String, List<String>> byName(List<? extends Header> fields) {
    return Reply.byName(fields, Header::getName, Header::getValue);
  }

  /** The request that the answer belongs to, which after a redirect is the last one. */
  private String url() {
    try {
      String url = context.getRequest().getUri().toString();
      return isPortNamed ? url.replaceFirst(DEFAULT_PORT, "$1$2/") : url;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext unusedContext) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    body.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) {
    int unused = body.fill(bytes);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> fields) {
    trailers = byName(fields == null ? List.of() : fields);
    received();
  }

  /** Up to 5.3 a minimal client may cancel a call that was over before it could be hung in. */
  @Override
  public void failed(Exception cause) {
    if (isReceived) {
      return;
    }
    failure = cause;
    body.markEndStream();
    reply.completeExceptionally(cause);
  }

  @Override
  public void releaseResources() {
    if (isReceived) {
      body.markEndStream();
      reply.complete(made);
    }
  }

  /** What was received, and then the failure if there was one. Not thread-safe. */
  private final class PushedStream extends FilterInputStream {
    PushedStream() {
      super(new ContentInputStream(body));
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return checked(super.read(bytes, offset, length));
    }

    private int checked(int read) throws IOException {
      Exception cause = failure;
      if (read >= 0 || cause == null) {
        return read;
      }
      throw cause instanceof IOException thrown ? thrown : new IOException(cause);
    }
  }
}
