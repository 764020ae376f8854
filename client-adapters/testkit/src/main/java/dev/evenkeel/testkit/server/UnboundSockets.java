package dev.evenkeel.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** Makes server sockets that are bound by those who ask for them. Thread-safe. */
abstract class UnboundSockets extends ServerSocketFactory {
  @Override
  public abstract ServerSocket createServerSocket() throws IOException;

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
}
