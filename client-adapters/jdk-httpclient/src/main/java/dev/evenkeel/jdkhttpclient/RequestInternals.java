package dev.evenkeel.jdkhttpclient;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of the client's own request that the adapter reads. Each stands in {@link
 * JdkHttpClientAdapter#reflectiveMembers} too. Stateless. Thread-safe.
 */
final class RequestInternals {
  private static final MethodHandle SYSTEM_HEADERS;
  private static final MethodHandle IS_WEB_SOCKET;
  private static final MethodHandle IS_SECURE;
  private static final MethodHandle PROXY;
  private static final MethodHandle AUTHORITY;

  static {
    try {
      Lookup request = Internals.lookup("HttpRequestImpl");
      Lookup builder = Internals.lookup("common.HttpHeadersBuilder");
      MethodHandle systemHeaders =
          request.findVirtual(
              request.lookupClass(), "getSystemHeadersBuilder", methodType(builder.lookupClass()));
      MethodHandle map = builder.findVirtual(builder.lookupClass(), "map", methodType(Map.class));
      SYSTEM_HEADERS =
          MethodHandles.filterReturnValue(systemHeaders, map)
              .asType(methodType(Map.class, HttpRequest.class));
      IS_WEB_SOCKET = asked(request, "isWebSocket");
      IS_SECURE = asked(request, "secure");
      PROXY = address(request, "proxy");
      AUTHORITY = address(request, "authority");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private RequestInternals() {}

  private static MethodHandle asked(Lookup request, String name)
      throws ReflectiveOperationException {
    return request
        .findVirtual(request.lookupClass(), name, methodType(boolean.class))
        .asType(methodType(boolean.class, HttpRequest.class));
  }

  private static MethodHandle address(Lookup request, String name)
      throws ReflectiveOperationException {
    return request
        .findVirtual(request.lookupClass(), name, methodType(InetSocketAddress.class))
        .asType(methodType(InetSocketAddress.class, HttpRequest.class));
  }

  /** The headers that the client itself adds to a request, by any case of their names. */
  @SuppressWarnings("unchecked")
  static Map<String, List<String>> systemHeaders(HttpRequest request) {
    try {
      return (Map<String, List<String>>) (Map<?, ?>) (Map) SYSTEM_HEADERS.invokeExact(request);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isWebSocket(HttpRequest request) {
    return isTrue(IS_WEB_SOCKET, request);
  }

  /** True if the client will speak TLS for a request. */
  static boolean isSecure(HttpRequest request) {
    return isTrue(IS_SECURE, request);
  }

  /** The proxy that a request goes through; null for none. */
  static @Nullable InetSocketAddress proxy(HttpRequest request) {
    return addressOf(PROXY, request);
  }

  /** What a {@code CONNECT} of the client's own is for; null in any other request. */
  static @Nullable InetSocketAddress authority(HttpRequest request) {
    return addressOf(AUTHORITY, request);
  }

  private static @Nullable InetSocketAddress addressOf(MethodHandle asked, HttpRequest request) {
    try {
      return (InetSocketAddress) asked.invokeExact(request);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isTrue(MethodHandle asked, HttpRequest request) {
    try {
      return (boolean) asked.invokeExact(request);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
