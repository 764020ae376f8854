package dev.evenkeel.testkit.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that makes tunnels, with a thread for each end of one. Thread-safe.
 *
 * <p>Where it was told what to answer, it gives that answer once, and closes the connection.
 */
public final class TunnelProxy implements Closeable {
  private static final String MADE = "HTTP/1.1 200 Connection established\r\n\r\n";

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  /** Begins to listen at the loopback address. */
  public TunnelProxy() throws IOException {
    start(this::accept);
  }

  /** What leads a client here. */
  public Proxy proxy() {
    return new Proxy(
        Proxy.Type.HTTP,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The heads of the requests so far, lines ended by line feeds. */
  public List<String> asked() {
    return asked;
  }

  /** The request lines so far. */
  public List<String> lines() {
    return asked.stream().map(head -> head.substring(0, head.indexOf('\n'))).toList();
  }

  /** How a proxy is asked for a tunnel to a server. */
  public static String lineFor(TestServer server) {
    return "CONNECT " + server.authority() + " HTTP/1.1";
  }

  /** Does not make the next tunnel, but gives this answer; an empty one closes the connection. */
  public void answersOnce(String answer) {
    answers.add(answer);
  }

  /** Ends all tunnels. */
  public void cut() throws IOException {
    for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
      socket.close();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tunnel-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      asked.add(head);
      String answer = answers.poll();
      if (answer != null) {
        client.getOutputStream().write(answer.getBytes(US_ASCII));
        return;
      }
      String target = head.split(" ", -1)[1];
      int colon = target.lastIndexOf(':');
      String host = target.substring(0, colon);
      try (Socket to = new Socket(host, Integer.parseInt(target.substring(colon + 1)))) {
        open.add(to);
        client.getOutputStream().write(MADE.getBytes(US_ASCII));
        start(() -> copy(to, client));
        copy(client, to);
      }
    } catch (IOException closed) {
      // By either end.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
    } catch (IOException closed) {
      // By either end.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\n\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("no request");
      }
      if (read != '\r') {
        head.append((char) read);
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
