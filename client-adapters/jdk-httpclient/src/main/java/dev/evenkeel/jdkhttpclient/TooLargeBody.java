package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.WeakIdentityMap;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request whose body is longer than may be kept, which needs no connection. Source:
 * Traefik, which answers the same to a body that is longer than {@code
 * failover.errors.maxRequestBodyBytes}. Stateless. Thread-safe.
 */
final class TooLargeBody {
  private static final int STATUS = 413;
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);
  private static final HttpHeaders HEADERS =
      HttpHeaders.of(
          Map.of(
              "Content-Type",
              List.of("text/plain; charset=UTF-8"),
              "Content-Length",
              List.of(Integer.toString(TEXT.length))),
          (name, value) -> true);

  /** The client's exchanges that were refused, and whose body nobody has asked for yet. */
  private static final WeakIdentityMap<Object, Refused> REFUSED = new WeakIdentityMap<>();

  private TooLargeBody() {}

  /** What a try ends with that is not made. */
  static CompletableFuture<Object> refuse(Object clientExchange) {
    Object response = Internals.newResponse(clientExchange, HEADERS, STATUS);
    REFUSED.put(clientExchange, new Refused());
    return CompletableFuture.completedFuture(response);
  }

  /** The application will not have the refusal: it threw when it was told of the headers. */
  static void refused(Object multiExchange, Throwable thrown) {
    Refused refused = REFUSED.get(Internals.exchange(multiExchange));
    if (refused != null) {
      refused.thrown = thrown;
    }
  }

  /**
   * What a call fails with whose refusal the application would not have. The client means to give
   * it an {@link IOException}, and comes by a {@link NullPointerException} where it cancels the
   * connection first; a client that cancels nothing is left alone.
   *
   * @return null to leave the failure
   */
  static @Nullable Throwable failure(Object multiExchange, Throwable cause) {
    Refused refused = REFUSED.get(Internals.exchange(multiExchange));
    Throwable thrown = refused == null ? null : refused.thrown;
    if (thrown == null || thrown == cause || !(cause instanceof NullPointerException)) {
      return null;
    }
    return thrown instanceof IOException ? thrown : new IOException(thrown);
  }

  /**
   * The application is about to read a body.
   *
   * @return what it makes of the refusal's; null if the exchange was not refused
   */
  static @Nullable CompletableFuture<?> read(Object clientExchange, BodyHandler<?> handler) {
    if (REFUSED.get(clientExchange) == null) {
      return null;
    }
    REFUSED.remove(clientExchange);
    try {
      return readBy(handler.apply(new Refusal()));
    } catch (Throwable ofTheApplication) {
      return CompletableFuture.failedFuture(ofTheApplication);
    }
  }

  private static <T> CompletableFuture<T> readBy(BodySubscriber<T> body) {
    BodyPublishers.ofByteArray(TEXT).subscribe(new Text(body));
    return body.getBody().toCompletableFuture();
  }

  /** One refusal. Thread-safe. */
  private static final class Refused {
    /** What the application threw; null if nothing. */
    private volatile @Nullable Throwable thrown;
  }

  /** What a handler is told of the response. Immutable. */
  private record Refusal() implements ResponseInfo {
    @Override
    public int statusCode() {
      return STATUS;
    }

    @Override
    public HttpHeaders headers() {
      return HEADERS;
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  /** Hands the text to a body's subscriber, which takes lists. Not thread-safe; one per body. */
  private record Text(BodySubscriber<?> body) implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      body.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer text) {
      body.onNext(List.of(text));
    }

    @Override
    public void onError(Throwable failure) {
      body.onError(failure);
    }

    @Override
    public void onComplete() {
      body.onComplete();
    }
  }
}
