package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Evenkeel;
import dev.evenkeel.spi.Exchange;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.HttpRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The application's request as the minimal client gets it: all that the client asks or changes is
 * the application's. The client makes its runtime of the request, which is how the runtime's hooks
 * know their call. Not thread-safe; one per exchange.
 */
final class MinimalRequest extends HttpRequestWrapper
    implements ClassicHttpRequest, Configurable, CancellableDependency {
  private final ClassicHttpRequest request;
  private final MinimalCall call;

  private MinimalRequest(ClassicHttpRequest request, Exchange exchange) {
    super(request);
    this.request = request;
    this.call = new MinimalCall(request, exchange);
  }

  /** Null to leave the call alone. */
  static @Nullable ClassicHttpRequest begin(
      Object client, @Nullable HttpHost target, @Nullable ClassicHttpRequest request) {
    if (target == null || request == null) {
      return null;
    }
    try {
      Exchange exchange =
          Evenkeel.balancer()
              .open(
                  target.getHostName(),
                  LogicalRequest.withoutCookies(request, target, client),
                  RequestView.INSTANCE);
      return exchange == null ? null : new MinimalRequest(request, exchange);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The client's method is through. */
  static void finish(@Nullable ClassicHttpRequest entered, @Nullable Throwable thrown) {
    if (thrown != null && entered instanceof MinimalRequest ours) {
      ours.call.abandon(ours);
    }
  }

  MinimalCall call() {
    return call;
  }

  @Override
  public @Nullable HttpEntity getEntity() {
    return request.getEntity();
  }

  @Override
  public void setEntity(@Nullable HttpEntity entity) {
    request.setEntity(entity);
  }

  @Override
  public @Nullable RequestConfig getConfig() {
    return request instanceof Configurable configurable ? configurable.getConfig() : null;
  }

  @Override
  public void setDependency(Cancellable dependency) {
    if (request instanceof CancellableDependency cancellable) {
      cancellable.setDependency(dependency);
    }
  }

  @Override
  public boolean isCancelled() {
    return request instanceof CancellableDependency cancellable && cancellable.isCancelled();
  }

  @Override
  public boolean cancel() {
    return request instanceof Cancellable cancellable && cancellable.cancel();
  }
}
