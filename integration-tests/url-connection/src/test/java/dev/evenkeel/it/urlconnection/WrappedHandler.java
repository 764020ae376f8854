package dev.evenkeel.it.urlconnection;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/**
 * An application's handler of URLs, which runs code of its own and opens the connection of the
 * JDK's. Thread-safe.
 */
final class WrappedHandler extends URLStreamHandler {
  private final Runnable wrapper;

  /**
   * A handler around the JDK's.
   *
   * @param wrapper run for each connection
   */
  WrappedHandler(Runnable wrapper) {
    this.wrapper = wrapper;
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    wrapper.run();
    return new URL(url.toExternalForm()).openConnection();
  }
}
