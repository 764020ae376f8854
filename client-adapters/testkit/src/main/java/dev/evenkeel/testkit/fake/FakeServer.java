package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.Server;

/** A server by its parts; compared by identity, as the balancer has them. Immutable. */
public final class FakeServer implements Server {
  private final String scheme;
  private final String host;
  private final int port;
  private final boolean isHostHeaderPassed;
  private final String path;

  /** A server at a scheme, host and port. */
  public FakeServer(String scheme, String host, int port, boolean isHostHeaderPassed) {
    this(scheme, host, port, isHostHeaderPassed, "");
  }

  private FakeServer(
      String scheme, String host, int port, boolean isHostHeaderPassed, String path) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.isHostHeaderPassed = isHostHeaderPassed;
    this.path = path;
  }

  /** The same, but requests name it in their Host header. */
  public FakeServer withOwnHostHeader() {
    return new FakeServer(scheme, host, port, false, path);
  }

  /** The same, but with this path before that of each call. */
  public FakeServer withPath(String newPath) {
    return new FakeServer(scheme, host, port, isHostHeaderPassed, newPath);
  }

  @Override
  public String url() {
    return scheme + "://" + authority() + path;
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
  public String path() {
    return path;
  }

  @Override
  public String toString() {
    return url();
  }
}
