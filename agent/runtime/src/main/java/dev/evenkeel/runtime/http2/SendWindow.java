package dev.evenkeel.runtime.http2;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How much of a request's body the server lets us send: on its stream, and on the connection.
 * Source: RFC 9113, sections 5.2 and 6.9. Not thread-safe; one per connection.
 */
final class SendWindow {
  static final int INITIAL_WINDOW_SIZE = 4;

  private static final int SETTING_BYTES = 6;

  private long initial = 65_535;
  private long ofStream = initial;
  private long ofConnection = initial;

  /** Bytes; 0 if nothing may be sent now. */
  int available() {
    long less = Math.min(ofStream, ofConnection);
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, less));
  }

  void take(int bytes) {
    ofStream -= bytes;
    ofConnection -= bytes;
  }

  /** A stream that is open gets the difference, too, which may leave it less than nothing. */
  void apply(Http2Frame settings) {
    ByteBuffer entries = ByteBuffer.wrap(settings.payload());
    while (entries.remaining() >= SETTING_BYTES) {
      int setting = entries.getShort();
      long value = Integer.toUnsignedLong(entries.getInt());
      if (setting == INITIAL_WINDOW_SIZE) {
        ofStream += value - initial;
        initial = value;
      }
    }
  }

  void widen(Http2Frame update) throws IOException {
    int bytes = update.number(0) & Integer.MAX_VALUE;
    if (update.stream() == 0) {
      ofConnection += bytes;
    } else {
      ofStream += bytes;
    }
  }
}
