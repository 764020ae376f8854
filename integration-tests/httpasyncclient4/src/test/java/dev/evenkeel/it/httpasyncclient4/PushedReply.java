package dev.evenkeel.it.httpasyncclient4;

import dev.evenkeel.testkit.client.Client;
import dev.evenkeel.testkit.client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A reply whose body is pushed by the client and read as a stream. The end shows when the client
 * has given back its connection, so that a call after it finds it. Thread-safe.
 */
class PushedReply extends AbstractAsyncResponseConsumer<Boolean> {
  private final HttpClientContext context;
  private final PushedBody body = new PushedBody();
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();
  private final CompletableFuture<Runnable> cancelling = new CompletableFuture<>();
  private volatile @Nullable Reply made;

  PushedReply(HttpClientContext context) {
    this.context = context;
  }

  /**
   * Completes at status and headers.
   *
   * @param cancel gives up the call, in the library's own way
   */
  CompletableFuture<Reply> of(Runnable cancel) {
    cancelling.complete(cancel);
    return Client.cancelling(reply, this::giveUp);
  }

  private void giveUp() {
    cancelling.join().run();
  }

  /** A method reference would name an interface that fields do not have in the oldest version. */
  @Override
  protected void onResponseReceived(HttpResponse response) {
    made =
        new Reply(
            response.getStatusLine().getStatusCode(),
            Reply.byName(
                List.of(response.getAllHeaders()),
                header -> header.getName(),
                header -> header.getValue()),
            response.getEntity() == null ? InputStream.nullInputStream() : body,
            url(),
            this::giveUp);
  }

  /** The request that the answer belongs to, which after a redirect is the last one. */
  private String url() {
    URI path = URI.create(context.getRequest().getRequestLine().getUri());
    return URIUtils.resolve(URI.create(context.getTargetHost().toURI()), path).toString();
  }

  /** Up to HttpCore 4.4.1 there is an entity here where there will be no body. */
  @Override
  protected void onEntityEnclosed(HttpEntity entity, ContentType contentType) {
    int status = context.getResponse().getStatusLine().getStatusCode();
    boolean isHead = context.getRequest().getRequestLine().getMethod().equals("HEAD");
    if (!isHead && status != HttpStatus.SC_NO_CONTENT && status != HttpStatus.SC_NOT_MODIFIED) {
      reply.complete(made);
    }
  }

  @Override
  protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
    body.take(decoder);
  }

  @Override
  protected Boolean buildResult(HttpContext unused) {
    return true;
  }

  @Override
  protected void releaseResources() {}

  /** The call ends like this, unless it has ended. */
  final void fail(Exception cause) {
    body.fail(cause);
    reply.completeExceptionally(cause);
  }

  /** What the client tells when it is done with the call. */
  FutureCallback<Boolean> ending() {
    return new FutureCallback<>() {
      @Override
      public void completed(Boolean result) {
        body.end();
        reply.complete(made);
      }

      @Override
      public void failed(Exception cause) {
        PushedReply.this.fail(cause);
      }

      @Override
      public void cancelled() {
        body.fail(new CancellationException());
        reply.cancel(false);
      }
    };
  }
}
