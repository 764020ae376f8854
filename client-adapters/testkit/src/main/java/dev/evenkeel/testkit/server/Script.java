package dev.evenkeel.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** How a server answers a request. Stateless unless said otherwise. Thread-safe. */
@FunctionalInterface
public interface Script {
  /** The answer to one request; may block. */
  MockResponse.Builder answer(Received request);

  /** An empty answer. */
  static Script status(int status) {
    return request -> new MockResponse.Builder().code(status);
  }

  /** 200 with a text. */
  static Script text(String text) {
    return request -> new MockResponse.Builder().body(text);
  }

  /** 200 with the request's own body; HEAD gets none. */
  static Script echo() {
    return request ->
        "HEAD".equals(request.method())
            ? new MockResponse.Builder()
            : new MockResponse.Builder().body(request.body());
  }

  /** A redirect, absolute or relative. */
  static Script redirect(int status, String location) {
    return request -> new MockResponse.Builder().code(status).addHeader("Location", location);
  }

  /** 200 with one more header. */
  static Script header(String name, String value) {
    return request -> new MockResponse.Builder().addHeader(name, value);
  }

  /** A status with a time after which to come again. */
  static Script busy(int status, String retryAfter) {
    return request -> new MockResponse.Builder().code(status).addHeader("Retry-After", retryAfter);
  }

  /** As a proxy: a text for who shows any credentials, 407 for all others. */
  static Script forProxyCredentials(String text) {
    return request ->
        request.header("Proxy-Authorization") == null
            ? new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate: Basic realm=\"r\"")
            : new MockResponse.Builder().body(text);
  }

  /** 200 that also ends the connection, as a server without keep-alive. */
  static Script closing() {
    return request ->
        new MockResponse.Builder()
            .addHeader("Connection", "close")
            .onResponseEnd(new SocketEffect.CloseSocket());
  }

  /** Answers as another script once a gate is open. */
  static Script held(Gate gate, Script then) {
    return request -> {
      gate.pass();
      return then.answer(request);
    };
  }

  /** Takes the whole request and closes the connection, in HTTP/2 the stream, with no answer. */
  static Script dropped() {
    return request -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());
  }

  /** 200 whose body breaks off halfway. */
  static Script broken() {
    return request ->
        new MockResponse.Builder()
            .body("x".repeat(100_000))
            .onResponseBody(new SocketEffect.CloseSocket());
  }

  /** 200 with a compressed text. */
  static Script gzip(String text) {
    return request -> {
      Buffer compressed = new Buffer();
      try (BufferedSink sink = Okio.buffer(new GzipSink(compressed))) {
        sink.writeString(text, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return new MockResponse.Builder().addHeader("Content-Encoding: gzip").body(compressed);
    };
  }

  /** 200 with a text, in chunks where HTTP/1.1 is spoken, and one field after it. */
  static Script trailer(String text, String name, String value) {
    return request -> {
      MockResponse.Builder answer = new MockResponse.Builder();
      MockResponse.Builder whole =
          request.isHttp2() ? answer.body(text) : answer.chunkedBody(text, 4);
      return whole.trailers(Headers.of(name, value));
    };
  }

  /** A redirect to a path at the host that the request names. */
  static Script redirectAtHost(int status, String path) {
    return request -> redirect(status, "http://" + request.authority() + path).answer(request);
  }

  /** 200 that announces a body, as an answer to HEAD does; HEAD gets none. */
  static Script announcing(String text) {
    return request ->
        "HEAD".equals(request.method())
            ? new MockResponse.Builder().setHeader("Content-Length", text.length())
            : new MockResponse.Builder().body(text);
  }

  /**
   * 200 with a large body of zeros, in two parts.
   *
   * @param length the size of the whole body in bytes, at least 65,536
   * @param gate stands after the first 65,536 bytes
   */
  static Script streamed(long length, Gate gate) {
    return request -> new MockResponse.Builder().body(new GatedBody(length, gate));
  }

  /** Accepts a WebSocket and sends each text message back. */
  static Script webSocketEcho() {
    return request -> new MockResponse.Builder().webSocketUpgrade(new EchoListener());
  }

  /** Answers by path and query; other targets as the second script says. */
  static Script byTarget(Map<String, Script> scripts, Script otherwise) {
    return request -> scripts.getOrDefault(request.target(), otherwise).answer(request);
  }

  /** A body that stops at a gate. Thread-safe. */
  final class GatedBody implements MockResponseBody {
    private static final int PART_BYTES = 65_536;
    private final long length;
    private final Gate gate;

    private GatedBody(long length, Gate gate) {
      this.length = length;
      this.gate = gate;
    }

    @Override
    public long getContentLength() {
      return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      byte[] part = new byte[PART_BYTES];
      sink.write(part);
      sink.flush();
      gate.pass();
      for (long left = length - PART_BYTES; left > 0; left -= PART_BYTES) {
        sink.write(part, 0, (int) Math.min(left, PART_BYTES));
      }
    }
  }

  /** The server's end of a WebSocket. Thread-safe. */
  final class EchoListener extends WebSocketListener {
    private EchoListener() {}

    @Override
    public void onMessage(WebSocket webSocket, String text) {
      webSocket.send(text);
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      webSocket.close(code, reason);
    }
  }
}
