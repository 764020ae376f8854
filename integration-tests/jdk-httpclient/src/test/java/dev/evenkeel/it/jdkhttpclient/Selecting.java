package dev.evenkeel.it.jdkhttpclient;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Names one proxy for all URIs of a scheme or of any, and notes them. Thread-safe. */
final class Selecting extends ProxySelector {
  private final ConcurrentLinkedQueue<URI> asked = new ConcurrentLinkedQueue<>();
  private final Proxy proxy;
  private final String schemes;

  Selecting(Proxy proxy) {
    this(proxy, "https?");
  }

  /** With none for URIs whose scheme does not match. */
  Selecting(Proxy proxy, String schemes) {
    this.proxy = proxy;
    this.schemes = schemes;
  }

  /** The one that listens at a URL. */
  static Selecting at(String url) {
    URI uri = URI.create(url);
    return new Selecting(
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort())));
  }

  List<URI> asked() {
    return List.copyOf(asked);
  }

  @Override
  public List<Proxy> select(URI uri) {
    asked.add(uri);
    return List.of(uri.getScheme().matches(schemes) ? proxy : Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
