package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.testkit.fake.FakeAttempt;
import dev.evenkeel.testkit.fake.FakeServer;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A fault of ours where a minimal client's exchange goes to the connection: the exchange goes as it
 * is, and its attempt ends, for nothing more is heard of it.
 */
class HandedFaultTest {
  @RegisterExtension final Rig rig = new Rig();

  private final FakeAttempt attempt =
      new FakeAttempt(rig.balancer, new FakeServer("http", NamedHosts.ONE, 80, true));

  @Test
  void command_thatCannotBeWatched_isQueuedAndEndsItsAttempt() throws Exception {
    rig.expectFaults();
    List<Object> queued = new ArrayList<>();
    IOSession session =
        proxy(
            IOSession.class,
            arguments -> {
              queued.add(arguments[0]);
            });
    RequestExecutionCommand command =
        new RequestExecutionCommand(unused(AsyncClientExchangeHandler.class), null);
    Field exchange = RequestExecutionCommand.class.getDeclaredField("exchangeHandler");
    exchange.setAccessible(true);
    exchange.set(command, null);

    new HandedSession(session, server()).enqueue(command, Command.Priority.NORMAL);

    assertThat(queued).containsExactly(command);
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(rig.balancer.faults()).hasSize(1);
  }

  @Test
  void exchange_thatCannotBeWatched_isLeftAloneAndEndsItsAttempt() throws Exception {
    rig.expectFaults();
    MinimalEndpoints endpoints =
        new MinimalEndpoints(
            rig.keep(HttpAsyncClients.createMinimal()), null, null, HttpClientContext.create());
    List<@Nullable Object> sent = new ArrayList<>();

    endpoints.hand(new Sending(sent), "endpoint", server());

    assertThat(sent).containsExactly((Object) null);
    assertThat(attempt.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(rig.balancer.faults()).hasSize(1);
  }

  /** The client, which sends when it is given an endpoint. */
  private record Sending(List<@Nullable Object> sent) implements FutureCallback<Object> {
    @Override
    @SuppressWarnings("NullAway") // The fault.
    public void completed(Object endpoint) {
      sent.add(MinimalEndpoints.onTheWire(null));
    }

    @Override
    public void failed(Exception cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void cancelled() {
      throw new AssertionError("nobody cancelled");
    }
  }

  private AsyncServerRuntime server() {
    HttpRoute route = new HttpRoute(new HttpHost("orders", 80));
    BasicHttpRequest request = new BasicHttpRequest("GET", URI.create("http://orders/"));
    Scope scope =
        new Scope(
            "1",
            route,
            request,
            unused(CancellableDependency.class),
            HttpClientContext.create(),
            unused(AsyncExecRuntime.class),
            (again, body, within, called, delay) -> {},
            new AtomicInteger(1));
    AsyncStep step =
        new AsyncStep(
            (sent, body, within, chain, called) -> {},
            request,
            null,
            scope,
            unused(AsyncExecChain.class),
            unused(AsyncExecCallback.class));
    return new AsyncServerRuntime(
        scope.execRuntime,
        new AsyncCall(step, null),
        step,
        new AttemptProgress(new GuardedAttempt(attempt, HttpClient5Adapter.NAME)),
        route);
  }

  private interface Called {
    void with(Object[] arguments);
  }

  private static <T> T unused(Class<T> type) {
    return proxy(type, arguments -> {});
  }

  private static <T> T proxy(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            HandedFaultTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              called.with(arguments);
              return null;
            }));
  }
}
