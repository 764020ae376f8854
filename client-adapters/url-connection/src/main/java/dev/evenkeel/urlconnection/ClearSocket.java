package dev.evenkeel.urlconnection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket to an http server, for a call by https. No TLS goes through it: were the JDK to shake
 * hands after a fault of ours, both ends would wait for each other. Only what is written first can
 * be that: what follows is a request, whose body may have any bytes. Thread-safe as any socket.
 */
final class ClearSocket extends Socket {
  /** What the first record of a handshake begins with (RFC 8446, section 5.1), and no request. */
  private static final byte HANDSHAKE = 22;

  private volatile boolean isBegun;

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int octet) throws IOException {
        begin((byte) octet);
        out.write(octet);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
          begin(bytes[offset]);
        }
        out.write(bytes, offset, length);
      }
    };
  }

  private void begin(byte first) throws IOException {
    if (isBegun) {
      return;
    }
    if (first == HANDSHAKE) {
      throw new IOException("no TLS with an http server");
    }
    isBegun = true;
  }
}
