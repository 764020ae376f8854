package dev.evenkeel.urlconnection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request whose body is longer than may be kept, as a socket from which the JDK
 * reads it; what is written to it is sent to nobody. Source: Traefik, which answers the same to one
 * that is longer than {@code failover.errors.maxRequestBodyBytes}. Not thread-safe.
 */
final class TooLarge extends Socket {
  private static final String TEXT = "Request body too large\n";
  private static final String HEAD =
      "HTTP/1.1 413 Request Entity Too Large\r\n"
          + "Content-Type: text/plain; charset=UTF-8\r\n"
          + "Content-Length: "
          + TEXT.length()
          + "\r\nConnection: close\r\n\r\n";

  private final InputStream answer =
      new ByteArrayInputStream((HEAD + TEXT).getBytes(StandardCharsets.US_ASCII));

  private TooLarge() {}

  /** Puts it in the place of the client's connection, over which nothing was sent. */
  static void answer(Object client) throws Throwable {
    Library.close(client);
    Library.replaceSocket(client, new TooLarge());
  }

  @Override
  public InputStream getInputStream() {
    return answer;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return OutputStream.nullOutputStream();
  }
}
