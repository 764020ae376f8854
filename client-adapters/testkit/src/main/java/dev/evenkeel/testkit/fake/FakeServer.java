package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.Server;
import dev.evenkeel.spi.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * A server by its parts, {@code h2c} among the schemes; compared by identity, as the balancer has
 * them. Immutable.
 */
public final class FakeServer implements Server {
  private final String scheme;
  private final String host;
  private final int port;
  private final boolean isHostHeaderPassed;
  private final String path;
  private final @Nullable ServerTls tls;

  /** A server at a scheme, host and port. */
  public FakeServer(String scheme, String host, int port, boolean isHostHeaderPassed) {
    this(scheme, host, port, isHostHeaderPassed, "", null);
  }

  private FakeServer(
      String scheme,
      String host,
      int port,
      boolean isHostHeaderPassed,
      String path,
      @Nullable ServerTls tls) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.isHostHeaderPassed = isHostHeaderPassed;
    this.path = path;
    this.tls = tls;
  }

  /** The same, but requests name it in their Host header. */
  public FakeServer withOwnHostHeader() {
    return new FakeServer(scheme, host, port, false, path, tls);
  }

  /** The same, but with this path before that of each call. */
  public FakeServer withPath(String newPath) {
    return new FakeServer(scheme, host, port, isHostHeaderPassed, newPath, tls);
  }

  /** The same, but with a transport of its own. */
  public FakeServer withTls(ServerTls newTls) {
    return new FakeServer(scheme, host, port, isHostHeaderPassed, path, newTls);
  }

  @Override
  public String url() {
    return scheme + "://" + authority() + path;
  }

  @Override
  public String scheme() {
    return isH2c() ? "http" : scheme;
  }

  @Override
  public boolean isH2c() {
    return scheme.equals("h2c");
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
  public @Nullable ServerTls tls() {
    return tls;
  }

  @Override
  public String toString() {
    return url();
  }
}
