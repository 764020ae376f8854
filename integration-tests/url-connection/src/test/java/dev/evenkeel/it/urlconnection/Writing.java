package dev.evenkeel.it.urlconnection;

import static dev.evenkeel.it.urlconnection.Connections.connection;

import java.io.IOException;
import java.net.HttpURLConnection;

/** How an application writes a body of four bytes. Immutable. */
enum Writing {
  BUFFERED("Content-Length: 4"),
  FIXED_LENGTH("Content-Length: 4"),
  CHUNKED("Transfer-Encoding: chunked");

  private final String framing;

  Writing(String framing) {
    this.framing = framing;
  }

  /** The header that says where the body ends. */
  String framing() {
    return framing;
  }

  /** A connection that waits for its body, with chunks of the JDK's own length. */
  HttpURLConnection post(String url) throws IOException {
    return post(url, 0);
  }

  /**
   * A connection that waits for its body.
   *
   * @param chunkBytes the length of a chunk, where there are chunks; 0 for the JDK's own
   */
  HttpURLConnection post(String url, int chunkBytes) throws IOException {
    HttpURLConnection connection = connection(url);
    connection.setDoOutput(true);
    if (this == CHUNKED) {
      connection.setChunkedStreamingMode(chunkBytes);
    } else if (this == FIXED_LENGTH) {
      connection.setFixedLengthStreamingMode(4);
    }
    return connection;
  }
}
