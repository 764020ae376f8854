package dev.evenkeel.jdkhttpclient;

import dev.evenkeel.spi.Outcome;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A response body that ends its attempt when the application has read it to the end or closes it,
 * which may be long after the client received it. Not thread-safe.
 */
final class WatchedStream extends FilterInputStream {
  private final Ending ending;

  WatchedStream(InputStream stream, Ending ending) {
    super(stream);
    this.ending = ending;
  }

  @Override
  public int read() throws IOException {
    return seen(super.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return seen(super.read(buffer, offset, length));
  }

  private int seen(int read) {
    if (read < 0) {
      ending.end(Outcome.COMPLETED);
    }
    return read;
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    byte[] all = super.in.readAllBytes();
    ending.end(Outcome.COMPLETED);
    return all;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long transferred = super.in.transferTo(out);
    ending.end(Outcome.COMPLETED);
    return transferred;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      ending.end(Outcome.COMPLETED);
    }
  }
}
