package dev.evenkeel.runtime.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A port where a connection is neither made nor refused. Immutable. */
public final class SilentPort implements AutoCloseable {
  private final ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Deque<Closeable> open = new ArrayDeque<>();

  public SilentPort() throws IOException {
    // Linux drops what comes once more connections wait to be accepted than the backlog says.
    for (int i = 0; i < 4; i++) {
      SocketChannel waiting = SocketChannel.open();
      open.push(waiting);
      waiting.configureBlocking(false);
      waiting.connect(full.getLocalSocketAddress());
    }
  }

  public String url() {
    return "http://127.0.0.1:" + full.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
    full.close();
  }
}
