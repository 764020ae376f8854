package dev.evenkeel.runtime.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** The bytes of a connection, each read bounded by what is left. Confined to one probe thread. */
final class DeadlineInput {
  private final Socket socket;
  private final InputStream in;
  private final Deadline deadline;
  private final byte[] buffer = new byte[2048];
  private int position;
  private int limit;

  DeadlineInput(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  /**
   * The next byte, 0..255.
   *
   * @throws EOFException at the end
   */
  int next() throws IOException {
    while (position == limit) {
      socket.setSoTimeout(deadline.remainingMillis());
      int count = in.read(buffer);
      if (count < 0) {
        throw new EOFException("connection closed before the end of the response's headers");
      }
      position = 0;
      limit = count;
    }
    return buffer[position++] & 0xff;
  }
}
