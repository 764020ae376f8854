package dev.evenkeel.scenarios.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.evenkeel.scenarios.differential.subjects.Answer;
import dev.evenkeel.scenarios.differential.subjects.Call;
import dev.evenkeel.scenarios.differential.subjects.Exchange;
import dev.evenkeel.scenarios.differential.subjects.Request;
import dev.evenkeel.scenarios.differential.subjects.Seen;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that keeps each request byte for byte, by exchange, and answers byte for byte.
 * Thread-safe.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Map<String, Arrivals> arrivals = new TreeMap<>();
  private volatile Map<String, Exchange> exchanges = Map.of();

  /**
   * @param tls null for none
   * @param port 0 for any
   */
  RawServer(@Nullable SSLContext tls, InetAddress address, int port) throws IOException {
    listener = tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    listener.bind(new InetSocketAddress(address, port));
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Knows these exchanges from now on, by id. */
  void answer(Map<String, Exchange> byId) {
    exchanges = byId;
  }

  /** What arrived of an exchange; read it after {@link #close}. */
  synchronized List<String> received(String key) {
    return arrivals(key).lines;
  }

  private synchronized Arrivals arrivals(String key) {
    return arrivals.computeIfAbsent(key, name -> new Arrivals());
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        start(() -> serve(connection));
      } catch (IOException e) {
        return; // Closed, as the only way out.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean isOpen = true;
      while (isOpen) {
        Request request = head(in);
        isOpen = request != null && answer(request, connection, in);
      }
    } catch (IOException e) {
      // The client has cut the connection, as it may; what arrived before is written down.
      return;
    }
  }

  private static @Nullable Request head(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    return new Request(line, headers);
  }

  /** A line without its end; null at the end of the stream. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.append((char) c);
    }
    int last = line.length() - 1;
    return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
  }

  private boolean answer(Request request, Socket connection, InputStream in) throws IOException {
    String[] key = keyOf(request);
    Arrivals arrivals = arrivals(key[0] + "/" + key[1]);
    arrivals.add(request, connection);
    Exchange exchange = exchanges.get(key[1]);
    Answer answer = exchange == null ? Answer.NO_EXCHANGE : exchange.answers().apply(request);
    boolean isAsked = "100-continue".equalsIgnoreCase(request.header("Expect"));
    OutputStream out = connection.getOutputStream();
    if (answer.isEarly()) {
      out.write(answer.text().getBytes(ISO_8859_1));
    } else if (isAsked) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    }
    if (!(answer.isEarly() && isAsked)) {
      arrivals.add(body(request, in));
    }
    if (!answer.isEarly()) {
      out.write(answer.text().getBytes(ISO_8859_1));
    }
    if (!answer.frames().isEmpty()) {
      new Conversation(in, out, arrivals.lines::add).hold(answer.frames());
    }
    return !answer.isLast();
  }

  /** Client and exchange. */
  private static String[] keyOf(Request request) {
    String named = request.header(Call.EXCHANGE_HEADER);
    String path = named == null ? request.target().substring(1) : named;
    String[] parts = path.split("[/?;#]", -1);
    return parts.length < 2 ? new String[] {"unknown", "unknown"} : parts;
  }

  private static List<String> body(Request request, InputStream in) throws IOException {
    if ("chunked".equalsIgnoreCase(request.header("Transfer-Encoding"))) {
      return chunks(in);
    }
    String length = request.header("Content-Length");
    return length == null ? List.of() : List.of("body " + text(in, Integer.parseInt(length)));
  }

  private static List<String> chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    int size = size(in);
    for (; size > 0; size = size(in)) {
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      line(in);
    }
    List<String> lines =
        new ArrayList<>(List.of("body in chunks " + Seen.shortened(body.toString())));
    for (String trailer = line(in); trailer != null && !trailer.isEmpty(); trailer = line(in)) {
      lines.add("trailer " + trailer);
    }
    return lines;
  }

  private static int size(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new EOFException();
    }
    return Integer.parseInt(line.replaceFirst(";.*", "").strip(), 16);
  }

  private static String text(InputStream in, int length) throws IOException {
    return Seen.shortened(new String(in.readNBytes(length), ISO_8859_1));
  }

  /** Once the clients are gone: takes no more connections, and waits for the end of what came. */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** One exchange's requests, line by line. Thread-safe. */
  private static final class Arrivals {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    void add(Request request, Socket connection) {
      if (!connections.contains(connection)) {
        connections.add(connection);
      }
      lines.add("connection " + connections.indexOf(connection));
      lines.add("request " + request.line());
      request.headers().forEach(header -> lines.add("header " + header));
    }

    void add(List<String> more) {
      lines.addAll(more);
    }
  }
}
