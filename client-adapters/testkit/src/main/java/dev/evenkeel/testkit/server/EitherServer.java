package dev.evenkeel.testkit.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * One port in front of two servers, that speak HTTP/1.1 and HTTP/2 in the clear: a connection goes
 * to the one that its client speaks to, by the first bytes, or by an upgrade that a request without
 * a body asks for. Thread-safe.
 */
public final class EitherServer implements Closeable {
  private static final String HEAD_END = "\r\n\r\n";
  private static final String UPGRADE = "\r\nupgrade: h2c\r\n";
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

  private final TestServer http1;
  private final TestServer http2;
  private final ServerSocket front;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  EitherServer(TestServer http1, TestServer http2) throws IOException {
    this.http1 = http1;
    this.http2 = http2;
    this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::acceptAll);
  }

  /** {@code h2c://127.0.0.1:port}. */
  public String url() {
    return "h2c://" + authority();
  }

  /** {@code host:port}. */
  public String authority() {
    return "127.0.0.1:" + front.getLocalPort();
  }

  /** What gets the calls in HTTP/1.1. */
  public TestServer http1() {
    return http1;
  }

  /** What gets the calls in HTTP/2. */
  public TestServer http2() {
    return http2;
  }

  /** Both answer from now on as this script says. */
  public void answers(Script script) {
    http1.answers(script);
    http2.answers(script);
  }

  /** All requests so far, those in HTTP/1.1 first. */
  public List<Received> received() {
    return Stream.of(http1, http2).flatMap(server -> server.received().stream()).toList();
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdown();
  }

  private interface Task {
    void run() throws IOException;
  }

  /** What fails has no connection any more, which its client hears of. */
  private void run(Task task, Socket... sockets) {
    Future<?> unused =
        threads.submit(
            () -> {
              try {
                task.run();
              } catch (IOException gone) {
                close(sockets);
              }
            });
  }

  private static void close(Socket... sockets) {
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = front.accept();
      open.add(client);
      run(() -> serve(client), client);
    }
  }

  private void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    String head = head(in);
    boolean isHttp2 = head.startsWith("PRI ");
    TestServer chosen = isHttp2 ? http2 : http1;
    byte[] begun = head.getBytes(ISO_8859_1);
    if (isUpgrade(head)) {
      client.getOutputStream().write(SWITCHING.getBytes(ISO_8859_1));
      chosen = http2;
      begun = H2cUpgrade.read(in, head);
    }
    Socket server = new Socket(chosen.address().getAddress(), chosen.address().getPort());
    open.add(server);
    server.getOutputStream().write(begun);
    run(() -> pump(server, client), client, server);
    pump(client, server);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(HEAD_END) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("client closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static boolean isUpgrade(String head) {
    return head.startsWith("GET ") && head.toLowerCase(Locale.ROOT).contains(UPGRADE);
  }

  private static void pump(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
    to.shutdownOutput();
  }
}
