package dev.evenkeel.testkit.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/**
 * Makes server sockets that count what arrives, before anything reads a message, and know what they
 * accepted. Thread-safe.
 */
final class CountingServerSocketFactory extends ServerSocketFactory {
  private final AtomicLong receivedBytes = new AtomicLong();
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  long receivedBytes() {
    return receivedBytes.get();
  }

  /** Says on every connection that nothing more will come. */
  void endOutput() throws IOException {
    for (Socket socket : accepted) {
      if (!socket.isClosed()) {
        socket.shutdownOutput();
      }
    }
  }

  /** Whether every connection so far is closed on this side. */
  boolean areClosed() {
    return accepted.stream().allMatch(Socket::isClosed);
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        Socket socket = new CountingSocket();
        implAccept(socket);
        accepted.add(socket);
        return socket;
      }

      // Always on: else the connections of a killed server keep its port from being held.
      @Override
      public void setReuseAddress(boolean on) throws SocketException {
        super.setReuseAddress(true);
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException("unbound sockets only");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException("unbound sockets only");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException("unbound sockets only");
  }

  private final class CountingSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int read = super.read();
          receivedBytes.addAndGet(read < 0 ? 0 : 1);
          return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = super.read(bytes, offset, length);
          receivedBytes.addAndGet(Math.max(read, 0));
          return read;
        }
      };
    }
  }
}
