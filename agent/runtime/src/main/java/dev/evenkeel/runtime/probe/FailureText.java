package dev.evenkeel.runtime.probe;

import dev.evenkeel.runtime.socket.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says in words for people why a probe failed. Immutable. */
final class FailureText {
  private static final int MAX_LENGTH = 200;

  private FailureText() {}

  static String of(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      message = thrown.getClass().getSimpleName();
    } else if (thrown instanceof UnknownHostException) {
      message = "unknown host " + message;
    } else if (thrown instanceof SSLException) {
      message = "TLS: " + message;
    } else if (thrown instanceof Error) {
      message = thrown.getClass().getSimpleName() + ": " + message;
    }
    return printable(message);
  }

  /**
   * Tells the end of a part of a probe from that of the probe.
   *
   * @param limit of the part
   * @param deadline of the probe
   * @return {@code timeout} itself if the probe is over
   */
  static IOException ofLimit(
      String what, Duration limit, Deadline deadline, SocketTimeoutException timeout) {
    return deadline.isOver() ? timeout : new IOException(what + " within " + of(limit), timeout);
  }

  /** {@code 5s}, or {@code 1500ms} where seconds would not be exact. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** Part of a message may come from a server. */
  private static String printable(String message) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < message.length() && i < MAX_LENGTH; i++) {
      char c = message.charAt(i);
      text.append(Character.isISOControl(c) ? ' ' : c);
    }
    return message.length() > MAX_LENGTH ? text.append('…').toString() : text.toString();
  }
}
