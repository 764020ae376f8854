package dev.evenkeel.runtime.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a task of ours, closable from another thread. Always the plain socket under
 * TLS: closing a TLS socket may wait for its peer. Thread-safe.
 */
public final class CurrentSocket {
  private @Nullable Socket current;
  private boolean isClosed;

  /**
   * A new socket, not connected, in place of the last, which is closed. It goes direct: a proxy
   * selector belongs to the application.
   *
   * @throws SocketException if {@link #close} was called
   */
  private synchronized Socket open() throws SocketException {
    if (current != null) {
      closeQuietly(current);
    }
    if (isClosed) {
      throw new SocketException("given up");
    }
    Socket opened = new Socket(Proxy.NO_PROXY);
    current = opened;
    return opened;
  }

  /**
   * A connection to a host, by the first of its addresses that answers; each may take its share of
   * the time that is left.
   */
  public Socket connect(String host, int port, Deadline deadline) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    IOException failure = null;
    for (int i = 0; i < addresses.length; i++) {
      int millis = Math.max(1, deadline.remainingMillis() / (addresses.length - i));
      Socket opened = open();
      try {
        opened.connect(new InetSocketAddress(addresses[i], port), millis);
        opened.setTcpNoDelay(true);
        return opened;
      } catch (IOException e) {
        boolean isFirstReason = failure == null || failure instanceof SocketTimeoutException;
        failure = isFirstReason ? e : failure;
      }
    }
    throw failure == null ? new UnknownHostException(host) : failure;
  }

  /** Closes what is open, for good. */
  public synchronized void close() {
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
