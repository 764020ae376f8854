package dev.evenkeel.httpclient4;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.conn.ConnectionReleaseTrigger;
import org.apache.http.conn.EofSensorInputStream;
import org.apache.http.conn.EofSensorWatcher;

/**
 * A body's stream that ends its attempt. Applications may know the client's own stream by its type,
 * to abort the connection, so this is one too. Not thread-safe; one per body.
 */
final class WatchedStream extends EofSensorInputStream {
  private final GuardedAttempt attempt;

  WatchedStream(InputStream content, GuardedAttempt attempt) {
    super(content, new Watcher(attempt));
    this.attempt = attempt;
  }

  @Override
  public void abortConnection() throws IOException {
    attempt.end(Outcome.CANCELLED);
    super.abortConnection();
  }

  /** Passes each ending on to the client's stream, and reports it. Thread-safe. */
  private record Watcher(GuardedAttempt attempt) implements EofSensorWatcher {
    @Override
    public boolean eofDetected(InputStream content) throws IOException {
      return closed(content);
    }

    @Override
    public boolean streamClosed(InputStream content) throws IOException {
      return closed(content);
    }

    private boolean closed(InputStream content) throws IOException {
      try {
        content.close();
      } finally {
        attempt.end(Outcome.COMPLETED);
      }
      return false;
    }

    @Override
    public boolean streamAbort(InputStream content) throws IOException {
      attempt.end(Outcome.IO_FAILED);
      if (content instanceof ConnectionReleaseTrigger connection) {
        connection.abortConnection();
        return false;
      }
      return true;
    }
  }
}
