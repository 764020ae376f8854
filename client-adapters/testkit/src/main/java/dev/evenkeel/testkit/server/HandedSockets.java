package dev.evenkeel.testkit.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes a server socket that accepts what it is handed, and nothing from its own port. For one
 * server. Thread-safe.
 */
final class HandedSockets extends UnboundSockets {
  private final BlockingQueue<Socket> handed = new LinkedBlockingQueue<>();

  /** Wakes who accepts when there is nothing more to accept. */
  private final Socket end = new Socket();

  private final AtomicBoolean isClosed = new AtomicBoolean();

  void hand(Socket socket) {
    handed.add(socket);
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws SocketException {
        try {
          Socket socket = handed.take();
          if (socket == end) {
            throw new SocketException("closed");
          }
          return socket;
        } catch (InterruptedException e) {
          throw new SocketException("interrupted");
        }
      }

      @Override
      public void close() throws IOException {
        super.close();
        if (isClosed.compareAndSet(false, true)) {
          handed.add(end);
        }
      }
    };
  }
}
