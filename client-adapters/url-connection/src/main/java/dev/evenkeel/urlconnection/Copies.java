package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.KeptBody;
import dev.evenkeel.spi.RequestCopy;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks do for mirrors, and for a request that may be sent again: repeats it where a
 * client writes it. No method throws. Thread-safe.
 */
final class Copies {
  /** False while no call of this JVM was ever copied: then nobody looks for the call of a body. */
  private static volatile boolean isUsed;

  /**
   * A request whose head is being written.
   *
   * @param hasBody true if the head says so
   * @param replaced what to put back; null if nothing was changed
   */
  record Writing(RequestCopy copy, boolean hasBody, @Nullable LogicalHead replaced) {}

  private Copies() {}

  /**
   * The head of a request is about to be written: if the application streams the body, and the
   * request may have to be sent again, the body will be kept.
   */
  static void keepBody(Object client, BalancedCall call, Object headers) {
    try {
      if (Library.isStreaming(client) && call.judgement().keepBody(Library.bodyBytes(headers))) {
        isUsed = true;
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /**
   * The head of a request is about to be written.
   *
   * @param headers as the server gets them
   * @param replaced what was changed for the server; null if nothing was
   * @return null if the call has no mirror
   */
  static @Nullable Writing begin(
      BalancedCall call, Object headers, @Nullable LogicalHead replaced) {
    try {
      RequestCopy copy = call.beginCopy();
      if (copy == null) {
        return null;
      }
      isUsed = true;
      return new Writing(copy, fill(copy, call, headers, replaced), replaced);
    } catch (Throwable fault) {
      Faults.report(fault);
      call.copied().forget();
      return null;
    }
  }

  /** True if a body will follow. */
  private static boolean fill(
      RequestCopy copy, BalancedCall call, Object headers, @Nullable LogicalHead replaced)
      throws Throwable {
    String logicalLine = replaced == null ? null : replaced.requestLine();
    String logicalHost = replaced == null ? null : replaced.host();
    String line = logicalLine == null ? Library.name(headers, 0) : logicalLine;
    String host = logicalHost == null ? Library.header(headers, "Host") : logicalHost;
    if (line == null) {
      throw new IllegalStateException("a request without a first line");
    }
    copy.begin(line.substring(0, line.indexOf(' ')), host == null ? "" : host, target(line, call));
    boolean hasBody = false;
    for (int i = 1; ; i++) {
      String name = Library.name(headers, i);
      if (name == null) {
        return hasBody;
      }
      String value = Library.value(headers, i);
      String written = value == null ? "" : value;
      copy.header(name, written);
      hasBody |= name.equalsIgnoreCase("Transfer-Encoding");
      hasBody |= name.equalsIgnoreCase("Content-Length") && !written.equals("0");
    }
  }

  /** As sent, but for the server's path. */
  private static String target(String line, BalancedCall call) {
    String sent = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    return sent.startsWith("/") ? sent : call.logical().target();
  }

  /**
   * The head of a request was written, and with it the body if that was buffered.
   *
   * @param buffered the body; null if there is none, or if it follows as a stream
   */
  static void written(Object client, Writing writing, @Nullable Object buffered) {
    try {
      if (Library.isBroken(client)) {
        return;
      }
      if (buffered instanceof ByteArrayOutputStream body) {
        body.writeTo(writing.copy.bodyStream());
        writing.copy.end();
      } else if (!writing.hasBody) {
        writing.copy.end();
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }

  /** What the application writes to; null to leave it. */
  static @Nullable OutputStream body(Object connection, OutputStream body) {
    if (!isUsed || body instanceof ByteArrayOutputStream) {
      return null;
    }
    try {
      BalancedCall call = Answers.of(connection);
      if (call == null) {
        return null;
      }
      call.judgement().openBody();
      return call.copied().body(body);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** A response is about to be read: what was streamed before has been written whole. */
  static void streamed(Object client, BalancedCall call) {
    try {
      CopiedRequest copied = call.copiedSoFar();
      RequestCopy copy = copied == null ? null : copied.streamed();
      KeptBody kept = call.judgement().kept();
      if ((copy == null && kept == null) || Library.isBroken(client)) {
        return;
      }
      call.judgement().bodySent();
      if (copy != null) {
        copy.end();
      }
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
