package dev.evenkeel.it.urlconnection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;

/** Takes one connection and answers its request with 503 when the head is there. Thread-safe. */
final class RefusingServer implements AutoCloseable {
  private static final String ANSWER = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<String> received = CompletableFuture.supplyAsync(this::serve);

  RefusingServer() throws IOException {}

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** All that came until the client closed its connection. */
  String received() {
    return received.join();
  }

  private String serve() {
    StringBuilder text = new StringBuilder();
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        text.append((char) b);
        if (text.length() >= 4 && text.indexOf("\r\n\r\n") == text.length() - 4) {
          socket.getOutputStream().write(ANSWER.getBytes(US_ASCII));
        }
      }
    } catch (SocketException closed) {
      // Clients may end a connection without a word.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
