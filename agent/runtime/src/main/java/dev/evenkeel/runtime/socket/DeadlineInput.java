package dev.evenkeel.runtime.socket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** The bytes of a connection, each read bounded by what is left. Not thread-safe. */
public final class DeadlineInput {
  private final Socket socket;
  private final InputStream in;
  private Deadline deadline;
  private final byte[] buffer = new byte[2048];
  private int position;
  private int limit;

  public DeadlineInput(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  /** From now on reads are bounded by another. */
  public void until(Deadline other) {
    deadline = other;
  }

  /**
   * The next byte, 0..255.
   *
   * @throws EOFException at the end
   */
  public int next() throws IOException {
    if (!fill()) {
      throw new EOFException("connection closed before the end of the response's headers");
    }
    return buffer[position++] & 0xff;
  }

  /**
   * Passes over some bytes.
   *
   * @return how many there were, at most {@code count}; less only at the end
   */
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && fill()) {
      int step = (int) Math.min(left, limit - position);
      position += step;
      left -= step;
    }
    return count - left;
  }

  /** False at the end. */
  private boolean fill() throws IOException {
    while (position == limit) {
      socket.setSoTimeout(deadline.remainingMillis());
      int count = in.read(buffer);
      if (count < 0) {
        return false;
      }
      position = 0;
      limit = count;
    }
    return true;
  }
}
