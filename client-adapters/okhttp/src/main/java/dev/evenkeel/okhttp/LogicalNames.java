package dev.evenkeel.okhttp;

import java.io.IOException;
import okhttp3.Address;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The logical host's name in the places where OkHttp would tell the application the server's.
 * Stateless. Thread-safe.
 */
final class LogicalNames {
  private LogicalNames() {}

  /** What a listener is told that proxies are selected for; null leaves OkHttp's URL. */
  static @Nullable HttpUrl selectionUrl(Address address) {
    ServerMark mark = ServerMark.of(address);
    return mark == null ? null : mark.origin();
  }

  /**
   * The failure of a codec whose message ends with the URL of its connection, as "unexpected end of
   * stream on" does, with the logical URL there. Nobody but the codec has seen the other one.
   *
   * @return null if the failure is right as it is
   */
  static @Nullable IOException failure(Object codec, Throwable seen) {
    String message = seen.getMessage();
    if (seen.getClass() != IOException.class
        || message == null
        || BalancedCall.answering(codec) == null) {
      return null;
    }
    Address address = OkHttpCopy.INSIDES.route(codec).address();
    ServerMark mark = ServerMark.of(address);
    String server = address.url().redact();
    return mark == null || !message.endsWith(server)
        ? null
        : copy(
            seen,
            message.substring(0, message.length() - server.length()) + mark.origin().redact());
  }

  private static IOException copy(Throwable seen, String message) {
    IOException copy = new IOException(message, seen.getCause());
    copy.setStackTrace(seen.getStackTrace());
    for (Throwable suppressed : seen.getSuppressed()) {
      copy.addSuppressed(suppressed);
    }
    return copy;
  }
}
