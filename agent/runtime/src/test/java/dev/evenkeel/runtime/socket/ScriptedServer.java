package dev.evenkeel.runtime.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server on loopback that does with each connection what the test says. Thread-safe. */
public final class ScriptedServer implements AutoCloseable {
  /** What happens on a connection after its request's head was read. */
  public interface Script {
    void serve(String requestHead, Socket connection) throws IOException;
  }

  /** What happens on a connection from its beginning. */
  public interface RawScript {
    void serve(Socket connection) throws IOException;
  }

  /** The heads of the requests in the order of their arrival. */
  public final BlockingQueue<String> requests;

  /** One entry for each connection that the client has closed. */
  public final BlockingQueue<String> closedByClient = new LinkedBlockingQueue<>();

  private final ServerSocket socket;
  private final RawScript script;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  public ScriptedServer(ServerSocket socket, RawScript script) {
    this(socket, new LinkedBlockingQueue<>(), script);
  }

  private ScriptedServer(ServerSocket socket, BlockingQueue<String> requests, RawScript script) {
    this.requests = requests;
    this.socket = socket;
    this.script = script;
    start(this::acceptAll);
  }

  public static ScriptedServer running(Script script) throws IOException {
    return running(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), script);
  }

  public static ScriptedServer running(ServerSocket socket, Script script) {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    return new ScriptedServer(
        socket,
        requests,
        connection -> {
          String head = readHead(connection.getInputStream());
          requests.add(head);
          script.serve(head, connection);
        });
  }

  /** Sends a text and closes. */
  public static ScriptedServer answering(String response) throws IOException {
    return running((request, connection) -> send(connection, response));
  }

  /** Sends a text and waits until the client closes. */
  public static ScriptedServer answeringAndWaiting(String response) throws IOException {
    return running(
        (request, connection) -> {
          send(connection, response);
          awaitClose(connection);
        });
  }

  /** Sends nothing and waits until the client closes. */
  public static ScriptedServer silent() throws IOException {
    return running((request, connection) -> awaitClose(connection));
  }

  /** Lines as they stand in a request or response. */
  public static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  public static void send(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(ISO_8859_1));
    connection.getOutputStream().flush();
  }

  public int port() {
    return socket.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.forEach(Threads::join);
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = socket.accept();
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      script.serve(connection);
    } catch (IOException e) {
      closedByClient.add(e.toString());
    }
  }

  /** Waits until the client closes, and then throws. */
  public static void awaitClose(Socket connection) throws IOException {
    while (connection.getInputStream().read() >= 0) {
      // nothing is sent after a head
    }
    throw new EOFException("client closed");
  }

  public static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("client closed");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    threads.add(thread);
    thread.start();
  }
}
