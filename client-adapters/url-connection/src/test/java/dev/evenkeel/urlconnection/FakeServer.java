package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Server;

/** {@code http://[::1]:8080}. Immutable. */
record FakeServer() implements Server {
  @Override
  public String url() {
    return "http://[::1]:8080";
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String host() {
    return "::1";
  }

  @Override
  public int port() {
    return 8080;
  }

  @Override
  public String authority() {
    return "[::1]:8080";
  }

  @Override
  public boolean isHostHeaderPassed() {
    return true;
  }

  @Override
  public String path() {
    return "";
  }
}
