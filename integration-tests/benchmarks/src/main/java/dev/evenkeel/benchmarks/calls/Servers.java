package dev.evenkeel.benchmarks.calls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The three servers of a run, in a JVM of their own. Not thread-safe; one per JVM. */
public final class Servers {
  private Servers() {}

  /**
   * Prints the ports of the three servers and a free port for a proxy, in one line, and serves
   * until standard input ends.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    try (LoopbackServer first = LoopbackServer.start("1");
        LoopbackServer second = LoopbackServer.start("2");
        LoopbackServer third = LoopbackServer.start("3")) {
      System.out.printf("%d %d %d %d%n", first.port(), second.port(), third.port(), freePort());
      while (System.in.read() >= 0) {
        // Whoever started this JVM holds the other end open for as long as it wants the servers.
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
