package dev.evenkeel.testkit.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes server sockets that count what arrives, before anything reads a message, and know what they
 * accepted. Thread-safe.
 */
final class CountingServerSocketFactory extends UnboundSockets {
  /** How HTTP/2 begins, and no request of HTTP/1.1 that is sent here: RFC 9113, section 3.4. */
  private static final byte[] PREFACE = "PRI".getBytes(StandardCharsets.US_ASCII);

  private final AtomicLong receivedBytes = new AtomicLong();
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final @Nullable HandedSockets http2;

  /**
   * Sockets for one server.
   *
   * @param http2 gets the connections that begin with HTTP/2; null if this server does
   */
  CountingServerSocketFactory(@Nullable HandedSockets http2) {
    this.http2 = http2;
  }

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
        while (true) {
          CountingSocket socket = new CountingSocket();
          implAccept(socket);
          // Else HTTP/2's windows open by one small segment for each acknowledgement of a delay.
          socket.setTcpNoDelay(true);
          accepted.add(socket);
          if (http2 == null || !socket.beginsWithHttp2()) {
            return socket;
          }
          http2.hand(socket);
        }
      }

      // Always on: else the connections of a killed server keep its port from being held.
      @Override
      public void setReuseAddress(boolean on) throws SocketException {
        super.setReuseAddress(true);
      }
    };
  }

  private final class CountingSocket extends Socket {
    private @Nullable PushbackInputStream input;

    /** Waits for the first bytes, which every client of a server here sends at once. */
    boolean beginsWithHttp2() {
      try {
        PushbackInputStream bytes = (PushbackInputStream) getInputStream();
        byte[] start = bytes.readNBytes(PREFACE.length);
        bytes.unread(start);
        return Arrays.equals(start, PREFACE);
      } catch (IOException gone) {
        return false;
      }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      PushbackInputStream opened = input;
      if (opened == null) {
        opened = new PushbackInputStream(counting(super.getInputStream()), PREFACE.length);
        input = opened;
      }
      return opened;
    }
  }

  private InputStream counting(InputStream input) {
    return new FilterInputStream(input) {
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
