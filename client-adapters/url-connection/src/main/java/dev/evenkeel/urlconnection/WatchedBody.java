package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.Outcome;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A response's body that ends its call where it ends. Before 25, the JDK lets a body end before its
 * length without a word: so does this one, but the attempt has failed. Not thread-safe; one per
 * response.
 */
final class WatchedBody extends FilterInputStream {
  private final BalancedCall call;
  private long readBytes;

  WatchedBody(InputStream body, BalancedCall call) {
    super(body);
    this.call = call;
  }

  @Override
  public int read() throws IOException {
    waiting();
    int result;
    try {
      result = in.read();
    } catch (IOException failure) {
      throw failed(failure);
    }
    readBytes += result < 0 ? 0 : 1;
    return came(result);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    waiting();
    int result;
    try {
      result = in.read(bytes, offset, length);
    } catch (IOException failure) {
      throw failed(failure);
    }
    readBytes += Math.max(result, 0);
    return came(result);
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    readBytes += skipped;
    return skipped;
  }

  private void waiting() {
    try {
      call.reception().waiting();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  private IOException failed(IOException failure) {
    try {
      boolean unused = call.reception().waited();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
    end(Outcome.IO_FAILED);
    return failure;
  }

  /** A connection that the JDK closed by itself has lost the rest of the body, too. */
  private int came(int result) {
    try {
      seen(result);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
    return result;
  }

  private void seen(int result) {
    if (result < 0 && readBytes < call.reception().bodyBytes()) {
      // While waiting still: a thread of the JDK's may be closing the connection just now.
      call.end(Outcome.IO_FAILED);
    }
    if (call.reception().waited()) {
      call.end(Outcome.IO_FAILED);
    } else if (result < 0) {
      call.end(Outcome.COMPLETED);
    }
  }

  @Override
  public void close() throws IOException {
    end(Outcome.COMPLETED);
    in.close();
  }

  /** In the middle of the application's own read: a fault is reported and stays here. */
  private void end(Outcome outcome) {
    try {
      call.end(outcome);
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
