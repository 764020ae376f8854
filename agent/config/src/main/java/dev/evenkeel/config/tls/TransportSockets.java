package dev.evenkeel.config.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a transport, whatever host they are made for. Clients put TLS on a connection that is
 * made already; the other ways connect first and do the same. Thread-safe.
 */
final class TransportSockets extends SSLSocketFactory {
  private final SSLSocketFactory jdks;
  private final TransportTls tls;

  TransportSockets(SSLSocketFactory jdks, TransportTls tls) {
    this.jdks = jdks;
    this.tls = tls;
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    String name = tls.nameFor(host);
    SSLSocket secured = (SSLSocket) jdks.createSocket(connected, name, port, autoClose);
    secured.setSSLParameters(tls.prepared(secured.getSSLParameters(), name));
    return secured;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(host, new InetSocketAddress(host, port), null, 0);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(host, new InetSocketAddress(host, port), local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return connected(address.getHostName(), new InetSocketAddress(address, port), null, 0);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(address.getHostName(), new InetSocketAddress(address, port), local, localPort);
  }

  private Socket connected(
      String host, InetSocketAddress to, @Nullable InetAddress local, int localPort)
      throws IOException {
    Socket plain = new Socket();
    try {
      if (local != null) {
        plain.bind(new InetSocketAddress(local, localPort));
      }
      plain.connect(to);
      return createSocket(plain, host, to.getPort(), true);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return jdks.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return jdks.getSupportedCipherSuites();
  }
}
