package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer;
import org.apache.hc.core5.reactor.ssl.SSLSessionVerifier;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Members for TLS that the library got after 5.1, reached by name as in {@link LaterMembers}.
 * Thread-safe.
 */
final class TlsMembers {
  private static final @Nullable Class<?> CONFIG = config();
  private static final @Nullable MethodHandle HANDSHAKE_TIMEOUT =
      ofConfig("getHandshakeTimeout", Timeout.class);
  private static final @Nullable MethodHandle VERSION_POLICY =
      ofConfig("getHttpVersionPolicy", HttpVersionPolicy.class);
  private static final @Nullable MethodHandle START_TLS =
      find(
          TransportSecurityLayer.class,
          "startTls",
          MethodType.methodType(
              void.class,
              SSLContext.class,
              NamedEndpoint.class,
              SSLBufferMode.class,
              SSLSessionInitializer.class,
              SSLSessionVerifier.class,
              Timeout.class,
              FutureCallback.class));
  private static final @Nullable MethodHandle BIND =
      find(
          ManagedHttpClientConnection.class,
          "bind",
          MethodType.methodType(void.class, SSLSocket.class, Socket.class));

  private TlsMembers() {}

  private static @Nullable Class<?> config() {
    try {
      return Class.forName(
          "org.apache.hc.client5.http.config.TlsConfig",
          false,
          ManagedHttpClientConnection.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable MethodHandle ofConfig(String name, Class<?> result) {
    MethodHandle found = CONFIG == null ? null : find(CONFIG, name, MethodType.methodType(result));
    return found == null ? null : found.asType(MethodType.methodType(Object.class, Object.class));
  }

  private static @Nullable MethodHandle find(Class<?> type, String name, MethodType signature) {
    try {
      return MethodHandles.publicLookup().findVirtual(type, name, signature);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  /**
   * How long a handshake may take, by what an operator was given: its TLS settings, which came with
   * 5.2, or else as long as the connection. Null for no limit.
   */
  static @Nullable Timeout handshakeTimeout(@Nullable Object[] arguments) {
    Timeout connect = null;
    for (Object each : arguments) {
      if (each instanceof Timeout timeout) {
        connect = timeout;
      }
    }
    return get(HANDSHAKE_TIMEOUT, arguments) instanceof Timeout timeout ? timeout : connect;
  }

  /** Which versions of HTTP the client would negotiate, by what an operator was given. */
  static HttpVersionPolicy versionPolicy(@Nullable Object[] arguments) {
    return get(VERSION_POLICY, arguments) instanceof HttpVersionPolicy policy
        ? policy
        : HttpVersionPolicy.NEGOTIATE;
  }

  private static @Nullable Object get(@Nullable MethodHandle getter, @Nullable Object[] arguments) {
    for (Object each : arguments) {
      if (getter != null && CONFIG != null && CONFIG.isInstance(each)) {
        try {
          return getter.invokeExact(each);
        } catch (Throwable fault) {
          Faults.report(fault);
        }
      }
    }
    return null;
  }

  /** Whether a connection tells when its TLS stands, which came with 5.2. */
  static boolean canStartTls() {
    return START_TLS != null;
  }

  /** Ask {@link #canStartTls} before. */
  static void startTls(TransportSecurityLayer connection, SSLContext context, TlsStart start)
      throws IOException {
    if (START_TLS == null) {
      throw TransportPass.notInForce();
    }
    try {
      START_TLS.invokeExact(
          connection,
          context,
          start.endpoint(),
          SSLBufferMode.STATIC,
          (SSLSessionInitializer) start,
          (SSLSessionVerifier) start,
          start.timeout(),
          (FutureCallback<?>) start.callback());
    } catch (RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable unheardOf) {
      throw new IllegalStateException(unheardOf);
    }
  }

  /** Came with 5.4, as the hook did that needs it. */
  static void bind(ManagedHttpClientConnection connection, SSLSocket secured, Socket plain)
      throws IOException {
    if (BIND == null) {
      connection.bind(secured);
      return;
    }
    try {
      BIND.invokeExact(connection, secured, plain);
    } catch (IOException | RuntimeException | Error theirs) {
      throw theirs;
    } catch (Throwable unheardOf) {
      throw new IllegalStateException(unheardOf);
    }
  }
}
