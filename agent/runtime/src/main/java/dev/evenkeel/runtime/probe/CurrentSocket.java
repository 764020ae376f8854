package dev.evenkeel.runtime.probe;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The one connection a probe has at a time, closable from another thread. Always the plain socket
 * under TLS: closing a TLS socket may wait for its peer. Thread-safe.
 */
final class CurrentSocket {
  private @Nullable Socket current;
  private boolean isClosed;

  /**
   * A new socket, not connected, in place of the last, which is closed. It goes direct: a proxy
   * selector belongs to the application.
   *
   * @throws SocketException if {@link #close} was called
   */
  synchronized Socket open() throws SocketException {
    if (current != null) {
      closeQuietly(current);
    }
    if (isClosed) {
      throw new SocketException("probe has ended");
    }
    Socket opened = new Socket(Proxy.NO_PROXY);
    current = opened;
    return opened;
  }

  /** Closes what is open, for good. */
  synchronized void close() {
    isClosed = true;
    if (current != null) {
      closeQuietly(current);
      current = null;
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing is left to do for a connection that is given up
    }
  }
}
