package dev.evenkeel.okhttp;

import dev.evenkeel.spi.Server;

/** A server by identity, as the balancer has them. Immutable. */
final class FakeServer implements Server {
  private final String scheme;
  private final String host;
  private final int port;
  private final boolean isHostHeaderPassed;

  FakeServer(String scheme, String host, int port, boolean isHostHeaderPassed) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.isHostHeaderPassed = isHostHeaderPassed;
  }

  @Override
  public String url() {
    return scheme + "://" + authority();
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String authority() {
    return host + ":" + port;
  }

  @Override
  public boolean isHostHeaderPassed() {
    return isHostHeaderPassed;
  }

  @Override
  public String toString() {
    return url();
  }
}
