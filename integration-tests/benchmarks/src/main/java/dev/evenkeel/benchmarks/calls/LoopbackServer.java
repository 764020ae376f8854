package dev.evenkeel.benchmarks.calls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP/1.1 server on loopback that answers every request at once with the same few bytes.
 *
 * <p>It reads no more of a request than where it ends, and its requests have no body: so it costs
 * as little as a server in Java can, and is not what a benchmark ends up measuring. Thread-safe.
 */
final class LoopbackServer implements AutoCloseable {
  private static final byte[] END_OF_REQUEST = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final byte[] response;

  private LoopbackServer(ServerSocket listener, String body) {
    this.listener = listener;
    this.response =
        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Starts a server on a free port.
   *
   * @param body of every response, in ASCII
   */
  static LoopbackServer start(String body) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    LoopbackServer server = new LoopbackServer(listener, body);
    startThread(server::accept);
    return server;
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        startThread(() -> serve(connection));
      } catch (SocketException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      answer(connection.getInputStream(), connection.getOutputStream());
    } catch (SocketException e) {
      // The client's JVM ended without closing its connections, as each round does.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(InputStream requests, OutputStream responses) throws IOException {
    byte[] buffer = new byte[8_192];
    int matched = 0;
    for (int read = requests.read(buffer); read > 0; read = requests.read(buffer)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == END_OF_REQUEST[matched]) {
          matched++;
        } else {
          matched = buffer[i] == END_OF_REQUEST[0] ? 1 : 0;
        }
        if (matched == END_OF_REQUEST.length) {
          responses.write(response);
          matched = 0;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
