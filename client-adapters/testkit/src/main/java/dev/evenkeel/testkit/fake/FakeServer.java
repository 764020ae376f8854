package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.Server;

/** A server by its parts; compared by identity, as the balancer has them. Immutable. */
public final class FakeServer implements Server {
  private final String scheme;
  private final String host;
  private final int port;
  private final boolean isHostHeaderPassed;

  /** A server at a scheme, host and port. */
  public FakeServer(String scheme, String host, int port, boolean isHostHeaderPassed) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.isHostHeaderPassed = isHostHeaderPassed;
  }

  /** The same, but requests name it in their Host header. */
  public FakeServer withOwnHostHeader() {
    return new FakeServer(scheme, host, port, false);
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
