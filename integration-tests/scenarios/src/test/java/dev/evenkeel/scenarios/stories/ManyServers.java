package dev.evenkeel.scenarios.stories;

import dev.evenkeel.testkit.server.TestServer;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many servers on one port: every address of 127.0.0.0/8 is this machine's, and each server has one
 * of them. They end the connection with each answer. Thread-safe.
 */
final class ManyServers implements Closeable {
  static final String HEALTH = "/health";

  private static final int PER_NET = 250;

  /** Calls and probes that may arrive together, and some. */
  private static final int THREADS = 32;

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicIntegerArray sick;
  private final AtomicIntegerArray dead;
  private final AtomicLongArray served;

  ManyServers(int count) throws IOException {
    sick = new AtomicIntegerArray(count);
    dead = new AtomicIntegerArray(count);
    served = new AtomicLongArray(count);
    socket = new ServerSocket(0, THREADS);
    for (int i = 0; i < THREADS; i++) {
      threads.execute(this::serve);
    }
  }

  IntStream all() {
    return IntStream.range(0, served.length());
  }

  String url(int server) {
    return "http://127.1.%d.%d:%d"
        .formatted(server / PER_NET, server % PER_NET + 1, socket.getLocalPort());
  }

  /** How many calls came to a server, probes not counted. */
  long served(int server) {
    return served.get(server);
  }

  /** A sick server says so at probes, and answers calls well. */
  void sick(IntStream servers, boolean isSick) {
    servers.forEach(server -> sick.set(server, isSick ? 1 : 0));
  }

  /** A dead server answers no call well, whatever it says at probes. */
  void dead(IntStream servers, boolean isDead) {
    servers.forEach(server -> dead.set(server, isDead ? 1 : 0));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket accepted = socket.accept()) {
        if (accepted.getInetAddress().isLoopbackAddress()) {
          answer(accepted);
        }
      } catch (IOException e) {
        // The caller sees it, or the servers are closed.
      }
    }
  }

  private void answer(Socket accepted) throws IOException {
    String target = target(accepted);
    if (target == null) {
      return;
    }
    int server = serverAt(accepted.getLocalAddress());
    int status = (target.equals(HEALTH) ? sick : dead).get(server) == 0 ? 200 : 503;
    if (!target.equals(HEALTH)) {
      served.incrementAndGet(server);
    }
    String answer =
        "HTTP/1.1 %d Answer\r\nContent-Length: 0\r\nConnection: close\r\n%s: s%d\r\n\r\n"
            .formatted(status, TestServer.NAME_HEADER, server);
    accepted.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** Null if the connection ended before a whole head came. */
  private static @Nullable String target(Socket accepted) throws IOException {
    BufferedReader head =
        new BufferedReader(
            new InputStreamReader(accepted.getInputStream(), StandardCharsets.US_ASCII));
    String first = head.readLine();
    String line = first;
    while (line != null && !line.isEmpty()) {
      line = head.readLine();
    }
    return first == null || line == null ? null : first.split(" ", -1)[1];
  }

  private static int serverAt(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes[2] & 0xff) * PER_NET + (bytes[3] & 0xff) - 1;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdown();
  }
}
