package dev.evenkeel.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.nio.pool.H2ConnPool;
import org.apache.hc.core5.reactor.AbstractIOSessionPool;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * HttpCore's own pool of sessions, which the HTTP/2-only clients have until 5.3: a call that moves
 * on after a handshake in it failed has left the lock of its server.
 */
class CorePoolTurnTest {
  private static final HttpHost SERVER = new HttpHost("https", NamedHosts.ONE, 443);

  @RegisterExtension final Rig rig = new Rig();

  private final List<Object[]> connecting = new ArrayList<>();
  private final List<Object[]> securing = new ArrayList<>();
  private final List<Boolean> heldWhenMovedOn = new ArrayList<>();

  @Test
  void handshake_thatFails_movesTheCallOnWithoutTheLockOfItsServer() throws Exception {
    H2ConnPool pool =
        rig.keep(
            new H2ConnPool(
                (endpoint, remote, local, timeout, attachment, waiting) -> {
                  connecting.add(new Object[] {waiting});
                  return new CompletableFuture<>();
                },
                host -> new InetSocketAddress(0),
                proxy(
                    TlsStrategy.class,
                    (method, arguments) -> {
                      securing.add(arguments);
                      return null;
                    })));
    AsyncCall call = call(pool);

    Future<IOSession> unused = pool.getSession(SERVER, Timeout.DISABLED, new MovingOn(call));
    last(connecting).completed(session());
    last(securing).failed(new IOException("no trust"));

    assertThat(heldWhenMovedOn).containsExactly(false);
  }

  /** Who waits is the last of the arguments. */
  @SuppressWarnings("unchecked")
  private static FutureCallback<Object> last(List<Object[]> calls) {
    assertThat(calls).hasSize(1);
    Object[] arguments = calls.get(0);
    return (FutureCallback<Object>) arguments[arguments.length - 1];
  }

  private record MovingOn(AsyncCall call) implements FutureCallback<IOSession> {
    @Override
    public void completed(IOSession session) {
      throw new AssertionError("no session was secured");
    }

    @Override
    public void failed(Exception cause) {
      call.moveOn(cause);
    }

    @Override
    public void cancelled() {
      throw new AssertionError("nobody cancelled");
    }
  }

  /** A call without a server to move on to: it ends where it would have begun with another one. */
  private AsyncCall call(H2ConnPool pool) {
    Called unused = (method, arguments) -> null;
    BasicHttpRequest request = new BasicHttpRequest("GET", URI.create("http://orders/"));
    Scope scope =
        new Scope(
            "1",
            new HttpRoute(new HttpHost("orders", 80)),
            request,
            proxy(CancellableDependency.class, unused),
            HttpClientContext.create(),
            proxy(AsyncExecRuntime.class, unused),
            (again, body, within, called, delay) -> {},
            new AtomicInteger(1));
    AsyncExecCallback callback =
        proxy(
            AsyncExecCallback.class,
            (method, arguments) -> {
              heldWhenMovedOn.add(isLocked(pool));
              return null;
            });
    return new AsyncCall(
        new AsyncStep(
            (sent, body, within, chain, called) -> {},
            request,
            null,
            scope,
            proxy(AsyncExecChain.class, unused),
            callback),
        null);
  }

  private static boolean isLocked(H2ConnPool pool) throws ReflectiveOperationException {
    Field entries = AbstractIOSessionPool.class.getDeclaredField("sessionPool");
    entries.setAccessible(true);
    Object entry = ((Map<?, ?>) entries.get(pool)).get(SERVER);
    Field lock = entry.getClass().getDeclaredField("lock");
    lock.setAccessible(true);
    return ((ReentrantLock) lock.get(entry)).isHeldByCurrentThread();
  }

  private static Object session() {
    return Proxy.newProxyInstance(
        CorePoolTurnTest.class.getClassLoader(),
        new Class<?>[] {IOSession.class, TransportSecurityLayer.class},
        (proxy, method, arguments) -> null);
  }

  private interface Called {
    @Nullable Object with(String method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            CorePoolTurnTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> called.with(method.getName(), arguments)));
  }
}
