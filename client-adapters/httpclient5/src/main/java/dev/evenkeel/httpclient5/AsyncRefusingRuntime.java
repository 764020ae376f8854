package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/**
 * The runtime of an attempt whose request is too long to be sent: the exchange gets our answer, and
 * the connection stays as it is. Thread-safe where the client's is.
 */
final class AsyncRefusingRuntime extends AsyncForwardingRuntime {
  private final AttemptProgress progress;

  AsyncRefusingRuntime(AsyncExecRuntime runtime, AttemptProgress progress) {
    super(runtime);
    this.progress = progress;
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    progress.end(Outcome.CANCELLED);
    try {
      // The client makes its request ready here, which its handling of the response relies on.
      handler.produceRequest((request, entity, sentIn) -> {}, context);
      handler.consumeResponse(TooLargeResponse.head(), TooLargeResponse.DETAILS, context);
      handler.consume(TooLargeResponse.body());
      handler.streamEnd(null);
    } catch (HttpException | IOException | RuntimeException failure) {
      handler.failed(failure);
    } finally {
      handler.releaseResources();
    }
    return () -> false;
  }
}
