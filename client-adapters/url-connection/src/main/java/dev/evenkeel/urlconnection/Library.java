package dev.evenkeel.urlconnection;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * The insides of the JDK that the adapter relies on, all of them, as handles on private members. A
 * {@code client} is a {@code sun.net.www.http.HttpClient}, a connection to one host. Thread-safe.
 */
final class Library {
  private static final Class<?> CLIENT = type("sun.net.www.http.HttpClient");
  private static final Class<?> NETWORK_CLIENT = type("sun.net.NetworkClient");
  private static final Class<?> CONNECTION = type("sun.net.www.protocol.http.HttpURLConnection");
  private static final Class<?> HEADERS = type("sun.net.www.MessageHeader");

  private static final Class<?> POSTED = type("sun.net.www.http.PosterOutputStream");

  private static final VarHandle HOST = field(CLIENT, "host", String.class);
  private static final VarHandle PORT = field(CLIENT, "port", int.class);
  private static final VarHandle CLIENT_URL = field(CLIENT, "url", URL.class);
  private static final VarHandle REUSE = field(CLIENT, "reuse", boolean.class);
  private static final VarHandle IS_CACHED_CLIENT =
      field(CLIENT, "cachedHttpClient", boolean.class);
  private static final VarHandle REQUESTS = field(CLIENT, "requests", HEADERS);
  private static final VarHandle POSTER = field(CLIENT, "poster", POSTED);
  private static final VarHandle STREAMING = field(CLIENT, "streaming", boolean.class);
  private static final VarHandle SOCKET = field(NETWORK_CLIENT, "serverSocket", Socket.class);
  private static final VarHandle OUTPUT = field(NETWORK_CLIENT, "serverOutput", PrintStream.class);
  private static final VarHandle HTTP = field(CONNECTION, "http", CLIENT);
  private static final VarHandle COOKIE_HANDLER =
      field(CONNECTION, "cookieHandler", CookieHandler.class);
  private static final String ENCODING =
      (String) constant(NETWORK_CLIENT, "encoding", String.class);

  /** How many redirects, and repeats after a challenge, end a call. */
  static final int MAX_REDIRECTS = (int) constant(CONNECTION, "maxRedirects", int.class);

  private static final MethodHandle IS_CACHED = method(CLIENT, "isCachedConnection", boolean.class);
  private static final MethodHandle OPEN = method(CLIENT, "openServer", void.class);
  private static final MethodHandle AFTER_CONNECT = method(CLIENT, "afterConnect", void.class);
  private static final MethodHandle CLOSE = method(CLIENT, "closeServer", void.class);
  private static final MethodHandle WRITE =
      method(CLIENT, "writeRequests", void.class, HEADERS, POSTED)
          .asType(MethodType.methodType(void.class, Object.class, Object.class, Object.class));
  private static final MethodHandle TUNNEL = method(CONNECTION, "doTunneling", void.class);
  private static final MethodHandle RESET = method(HEADERS, "reset", void.class);
  private static final MethodHandle FIND = method(HEADERS, "findValue", String.class, String.class);
  private static final MethodHandle SET =
      method(HEADERS, "set", void.class, String.class, String.class);
  private static final MethodHandle SET_AT =
      method(HEADERS, "set", void.class, int.class, String.class, String.class);
  private static final MethodHandle ADD =
      method(HEADERS, "add", void.class, String.class, String.class);
  private static final MethodHandle KEY = method(HEADERS, "getKey", String.class, int.class);
  private static final MethodHandle VALUE = method(HEADERS, "getValue", String.class, int.class);

  private Library() {}

  static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  /** Takes its receiver as an {@code Object}. */
  private static MethodHandle method(
      Class<?> owner, String name, Class<?> returned, Class<?>... parameters) {
    try {
      MethodHandle exact =
          MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
              .findVirtual(owner, name, MethodType.methodType(returned, parameters));
      return exact.asType(exact.type().changeParameterType(0, Object.class));
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  private static Object constant(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findStaticVarHandle(owner, name, type)
          .get();
    } catch (ReflectiveOperationException unknownShape) {
      throw new ExceptionInInitializerError(unknownShape);
    }
  }

  /** What the client dials, and the name that its TLS handshake asks for. */
  static void retarget(Object client, String host, int port) {
    HOST.set(client, host);
    PORT.set(client, port);
  }

  static URL url(Object client) {
    return (URL) CLIENT_URL.get(client);
  }

  static void setUrl(Object client, URL url) {
    CLIENT_URL.set(client, url);
  }

  /** True while the client reads a response only to use the connection again. */
  static boolean isReused(Object client) {
    return (boolean) REUSE.get(client);
  }

  static Socket socket(Object client) {
    return (Socket) SOCKET.get(client);
  }

  /** Lets the client write to another socket than the one it opened. */
  static void replaceSocket(Object client, Socket socket) throws IOException {
    PrintStream output =
        new PrintStream(new BufferedOutputStream(socket.getOutputStream()), false, ENCODING);
    SOCKET.set(client, socket);
    OUTPUT.set(client, output);
  }

  /** True if the client could not write: the JDK finds that out at its next write or read. */
  static boolean isBroken(Object client) {
    return ((PrintStream) OUTPUT.get(client)).checkError();
  }

  /** The client that a connection uses; null before and after. */
  static @Nullable Object client(Object connection) {
    return HTTP.get(connection);
  }

  static @Nullable CookieHandler cookieHandler(HttpURLConnection connection) {
    return (CookieHandler) COOKIE_HANDLER.get(connection);
  }

  /** True if the client came out of the keep-alive cache. */
  static boolean isCached(Object client) throws Throwable {
    return (boolean) IS_CACHED.invokeExact(client);
  }

  /** Connects to what {@link #retarget} named. */
  static void open(Object client) throws Throwable {
    OPEN.invokeExact(client);
  }

  /** Follows on {@link #open}: shakes hands, if the client speaks TLS. */
  static void afterConnect(Object client) throws Throwable {
    AFTER_CONNECT.invokeExact(client);
  }

  /** Closes the client's connection. */
  static void close(Object client) throws Throwable {
    CLOSE.invokeExact(client);
  }

  /** The client is to take its connection for one that it made, and not found in the cache. */
  static void forgetCached(Object client) {
    IS_CACHED_CLIENT.set(client, false);
  }

  /** The head of the request that the client wrote last. */
  static Object requests(Object client) {
    return REQUESTS.get(client);
  }

  /** The body that the client wrote last; null if it had none, or one that is streamed. */
  static @Nullable Object poster(Object client) {
    return POSTER.get(client);
  }

  /** True if the client writes heads only, and the body goes past it. */
  static boolean isStreaming(Object client) {
    return (boolean) STREAMING.get(client);
  }

  static OutputStream output(Object client) {
    return (PrintStream) OUTPUT.get(client);
  }

  /** Writes a request once more. */
  static void write(Object client, Object requests, @Nullable Object poster) throws Throwable {
    WRITE.invokeExact(client, requests, poster);
  }

  /** What a client was to write, after it wrote something else. */
  static void putBackRequest(Object client, Object requests, @Nullable Object poster) {
    REQUESTS.set(client, requests);
    POSTER.set(client, poster);
  }

  /** Asks the proxy of a connection's client for a tunnel. */
  static void tunnel(HttpURLConnection connection) throws Throwable {
    TUNNEL.invokeExact((Object) connection);
  }

  /** Forgets all headers. */
  static void reset(Object headers) throws Throwable {
    RESET.invokeExact(headers);
  }

  static @Nullable String header(Object headers, String name) throws Throwable {
    return (String) FIND.invokeExact(headers, name);
  }

  /** The value of the header of a name that has so many of the same name before it. */
  static @Nullable String header(Object headers, String name, int index) throws Throwable {
    int left = index;
    for (int i = 0; ; i++) {
      String value = (String) VALUE.invokeExact(headers, i);
      if (value == null) {
        return null;
      }
      String key = (String) KEY.invokeExact(headers, i);
      if (name.equalsIgnoreCase(key) && left-- == 0) {
        return value;
      }
    }
  }

  /** The name of the header at a place, the request line at the first; null behind the last. */
  static @Nullable String name(Object headers, int index) throws Throwable {
    return (String) KEY.invokeExact(headers, index);
  }

  /** The value of the header at a place; null if it has none. */
  static @Nullable String value(Object headers, int index) throws Throwable {
    return (String) VALUE.invokeExact(headers, index);
  }

  static void setHeader(Object headers, String name, String value) throws Throwable {
    SET.invokeExact(headers, name, value);
  }

  static void setRequestLine(Object headers, String line) throws Throwable {
    SET_AT.invokeExact(headers, 0, line, (String) null);
  }

  static void addHeader(Object headers, String name, String value) throws Throwable {
    ADD.invokeExact(headers, name, value);
  }

  /** Bytes of the body by {@code Content-Length}; -1 if it does not say. */
  static long bodyBytes(Object headers) throws Throwable {
    String length = header(headers, "Content-Length");
    if (length == null || header(headers, "Transfer-Encoding") != null) {
      return -1;
    }
    try {
      return Long.parseLong(length.trim());
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }

  /**
   * The status of a response whose headers were read.
   *
   * @return -1 if there is none
   */
  static int status(Object responses) throws Throwable {
    String line = (String) VALUE.invokeExact(responses, 0);
    int space = line == null ? -1 : line.indexOf(' ');
    if (space < 0) {
      return -1;
    }
    String rest = line.substring(space).trim();
    try {
      return rest.length() < 3 ? -1 : Integer.parseInt(rest.substring(0, 3));
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }
}
