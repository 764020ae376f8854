package dev.evenkeel.okhttp;

import static java.lang.invoke.MethodType.methodType;

import dev.evenkeel.spi.Server;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Address;
import okhttp3.Authenticator;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Route;

/**
 * A connection of OkHttp 3 that nobody will make: asked whether a logical host belongs on it, it
 * tells whether {@link ConnectionAdvice} is in force, before a call relies on it. Immutable.
 */
final class UnmadeConnection {
  private static final HttpUrl LOGICAL =
      new HttpUrl.Builder().scheme("http").host("logical.invalid").build();
  private static final Server SERVER =
      new Nowhere(
          "http://nowhere.invalid", "http", "nowhere.invalid", 80, "nowhere.invalid", true, "");

  private static final MethodHandle SUPPORTS;
  private static final MethodHandle POOL;
  private static final MethodHandle CONNECTION;

  static {
    InsideType connection = InsideType.of("internal.connection.RealConnection");
    InsideType pool = InsideType.of("internal.connection.RealConnectionPool");
    SUPPORTS =
        connection.method(
            methodType(boolean.class, Object.class, HttpUrl.class),
            "supportsUrl",
            boolean.class,
            HttpUrl.class);
    POOL =
        pool.constructor(int.class, long.class, TimeUnit.class)
            .asType(methodType(Object.class, int.class, long.class, TimeUnit.class));
    CONNECTION =
        connection
            .constructor(pool.type(), Route.class)
            .asType(methodType(Object.class, Object.class, Route.class));
  }

  private final Object connection;

  UnmadeConnection() {
    try {
      Object pool = (Object) POOL.invokeExact(1, 1L, TimeUnit.SECONDS);
      connection = (Object) CONNECTION.invokeExact(pool, route());
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  boolean isLogicalAccepted() {
    try {
      return (boolean) SUPPORTS.invokeExact(connection, LOGICAL);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static Route route() {
    Address address =
        new Address(
            SERVER.host(),
            SERVER.port(),
            Dns.SYSTEM,
            SocketFactory.getDefault(),
            null,
            null,
            null,
            Authenticator.NONE,
            null,
            List.of(Protocol.HTTP_1_1),
            List.of(ConnectionSpec.CLEARTEXT),
            new ServerMark(SERVER, new Target(SERVER), LOGICAL, ProxySelector.of(null)));
    return new Route(
        address, Proxy.NO_PROXY, InetSocketAddress.createUnresolved(SERVER.host(), SERVER.port()));
  }

  /** The server of a connection that is never made. */
  private record Nowhere(
      String url,
      String scheme,
      String host,
      int port,
      String authority,
      boolean isHostHeaderPassed,
      String path)
      implements Server {}
}
