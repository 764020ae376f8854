package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.UnsupportedSchemeException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * What the library says of a connection that it could not make to a server with a transport, or in
 * HTTP/2 by prior knowledge, which names the target of a route that nobody but the adapter knows:
 * here it names the logical host, and no addresses, as without the agent. Thread-safe: stateless.
 */
final class LogicalFailure {
  private static final Pattern TARGET =
      Pattern.compile(
          "("
              + Pattern.quote(TransportPass.SCHEME)
              + "[a-z0-9]+|"
              + Pattern.quote(PriorKnowledge.SCHEME)
              + ")(://\\S+( \\[[^\\]]*\\])?)?",
          Pattern.CASE_INSENSITIVE);

  private LogicalFailure() {}

  /**
   * The failure as it is told to the client; {@code failure} itself where it names no such route.
   */
  static IOException of(IOException failure, HttpHost logical) {
    try {
      String message = failure.getMessage();
      return message == null || !namesOurs(message) ? failure : renamed(failure, message, logical);
    } catch (Throwable fault) {
      Faults.report(fault);
      return failure;
    }
  }

  private static boolean namesOurs(String message) {
    return message.contains(TransportPass.SCHEME) || message.contains(PriorKnowledge.SCHEME);
  }

  private static IOException renamed(IOException failure, String message, HttpHost logical) {
    Matcher target = TARGET.matcher(message);
    String text =
        target.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(2) == null ? logical.getSchemeName() : logical.toURI()));
    IOException renamed = like(failure, text, logical);
    if (renamed == null) {
      return failure;
    }
    renamed.setStackTrace(failure.getStackTrace());
    if (failure.getCause() != null) {
      renamed.initCause(failure.getCause());
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      renamed.addSuppressed(suppressed);
    }
    return renamed;
  }

  /** Of the same class; null for one that the library does not name routes in. */
  private static @Nullable IOException like(IOException failure, String text, HttpHost logical) {
    Class<?> type = failure.getClass();
    if (type == HttpHostConnectException.class) {
      return new HttpHostConnectException(text, logical);
    }
    if (type == ConnectTimeoutException.class) {
      return new ConnectTimeoutException(text, logical);
    }
    return type == UnsupportedSchemeException.class ? new UnsupportedSchemeException(text) : null;
  }
}
