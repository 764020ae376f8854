package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.Exchange;
import java.net.ConnectException;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A balanced call of the minimal client, which leases, connects and sends in one method: its
 * runtime's own methods are led to the server, and all that this method sees stays logical. Not
 * thread-safe; one per exchange.
 */
final class MinimalCall implements ExecChain {
  private final ClassicHttpRequest request;
  private final Exchange exchange;
  private @Nullable BalancedCall call;
  private @Nullable ServerChain first;
  private @Nullable ConnectException unavailable;

  /** Where the request leaves; null until there is a connection to a server. */
  private @Nullable ServerRuntime server;

  /** True if the request is too long to be sent. */
  private boolean isRefused;

  /**
   * @param request the application's
   */
  MinimalCall(ClassicHttpRequest request, Exchange exchange) {
    this.request = request;
    this.exchange = exchange;
  }

  /**
   * The client's runtime is about to lease an endpoint.
   *
   * @return the route to the first server, null if there is no server, and what {@link #connect}
   *     needs; null to leave the call alone
   */
  static @Nullable Object @Nullable [] begin(
      ExecRuntime runtime, String id, HttpRoute route, HttpClientContext context) {
    try {
      return Cancellation.dependency(runtime) instanceof MinimalRequest ours
          ? ours.call().begin(new Scope(id, route, ours, runtime, context))
          : null;
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  private @Nullable Object @Nullable [] begin(Scope logical) {
    if (call != null || ServerRoutes.isUnixDomain(logical.route)) {
      return null;
    }
    BalancedCall opened = new BalancedCall(exchange, logical, this, MinimalStep.INSTANCE);
    call = opened;
    ServerChain chosen = opened.nextServer();
    if (chosen == null) {
      // The runtime leases nothing for no route, and what it says of that is replaced.
      unavailable = exchange.unavailable();
      return new @Nullable Object[] {null, this};
    }
    first = chosen;
    return new @Nullable Object[] {chosen.serverScope().route, this};
  }

  /**
   * The endpoint is leased, or is not to be had.
   *
   * @param entered what {@link #begin} returned
   * @return the exception to end with, or null for none; null instead to change nothing
   */
  static @Nullable Object @Nullable [] connect(
      @Nullable Object @Nullable [] entered, @Nullable Throwable thrown) {
    if (entered == null || !(entered[1] instanceof MinimalCall ours)) {
      return null;
    }
    return new @Nullable Object[] {ours.connect(thrown)};
  }

  private @Nullable Throwable connect(@Nullable Throwable thrown) {
    ServerChain server = first;
    if (server == null) {
      return unavailable;
    }
    BalancedCall opened = Objects.requireNonNull(call);
    Pass pass = new Pass(MinimalStep.INSTANCE, request, null, thrown);
    if (thrown == null) {
      pass.goOn(server.serverScope(), server);
    }
    if (server.settle(null, pass.thrown())) {
      opened.moveOn(pass);
    }
    return pass.thrown();
  }

  /** The end of the connecting step: the client goes on by itself. */
  @Override
  public @Nullable ClassicHttpResponse proceed(ClassicHttpRequest connectedFor, Scope connected) {
    server = connected.execRuntime instanceof ServerRuntime found ? found : null;
    return null;
  }

  /**
   * The client sends the request, which the adapter's own sending is not.
   *
   * @return the request to send, and what {@link #sent} needs; null to leave the call alone
   */
  static Object @Nullable [] send(
      String id, ClassicHttpRequest sending, HttpClientContext context) {
    if (!(sending instanceof MinimalRequest ours)) {
      return null;
    }
    // The context is the application's to read.
    LaterMembers.setRequest(context, ours.call().request);
    return new Object[] {ours.call().wireForm(), ours.call(), id, context};
  }

  private ClassicHttpRequest wireForm() {
    if (server == null) {
      return request;
    }
    isRefused = isTooLong(server);
    if (isRefused) {
      // Without an endpoint the runtime sends nothing, and what it says of that is replaced.
      server.releaseEndpoint();
      return request;
    }
    return server.wireForm(request);
  }

  private boolean isTooLong(ServerRuntime there) {
    try {
      return there.isTooLong(request);
    } catch (Throwable fault) {
      Faults.report(fault);
      return false;
    }
  }

  /**
   * The response has come, or a failure.
   *
   * @param entered what {@link #send} returned
   * @return the response and the exception to end with, one of them null; null to change nothing
   */
  static @Nullable Object @Nullable [] sent(
      Object @Nullable [] entered,
      @Nullable ClassicHttpResponse returned,
      @Nullable Throwable thrown) {
    if (entered == null) {
      return null;
    }
    String id = (String) entered[2];
    HttpClientContext context = (HttpClientContext) entered[3];
    return ((MinimalCall) entered[1]).sent(id, context, returned, thrown);
  }

  private @Nullable Object @Nullable [] sent(
      String id,
      HttpClientContext context,
      @Nullable ClassicHttpResponse returned,
      @Nullable Throwable thrown) {
    ServerRuntime there = server;
    if (there == null) {
      return null;
    }
    if (isRefused) {
      return new @Nullable Object[] {TooLargeResponse.make(), null};
    }
    try {
      ClassicHttpResponse response =
          returned == null
              ? there.afterFailure(Objects.requireNonNull(thrown), id, request, null, context)
              : there.answered(returned, id, request, null, context);
      return response == null ? null : new @Nullable Object[] {response, null};
    } catch (Throwable failure) {
      return new @Nullable Object[] {null, failure};
    }
  }

  /** An endpoint was given back, which may be that of a minimal client's call. */
  static void given(ExecRuntime runtime) {
    try {
      if (Cancellation.dependency(runtime) instanceof MinimalRequest ours) {
        ours.call().endIfAnswered();
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  private void endIfAnswered() {
    ServerRuntime there = server;
    if (there != null) {
      there.endIfAnswered();
    }
  }

  /**
   * The client's method failed, perhaps between connecting and sending.
   *
   * @param ours what stands in the context if so
   */
  void abandon(MinimalRequest ours) {
    BalancedCall opened = call;
    ServerRuntime there = server;
    if (there != null) {
      there.abandon();
    }
    if (opened != null && opened.context().getRequest() == ours) {
      LaterMembers.setRequest(opened.context(), request);
    }
  }
}
