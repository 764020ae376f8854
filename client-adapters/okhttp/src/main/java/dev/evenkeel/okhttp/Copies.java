package dev.evenkeel.okhttp;

import dev.evenkeel.spi.RequestCopy;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.internal.http2.Http2ExchangeCodec;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks do for mirrors: repeats a request where a codec writes it. No method throws.
 * Thread-safe.
 */
final class Copies {
  /** What OkHttp leaves out where it writes HTTP/2 (RFC 9113, 8.2.2 and 8.3.1). */
  private static final Set<String> NOT_IN_HTTP_2 =
      Set.of(
          "connection",
          "encoding",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  /**
   * False while no call of this JVM was ever mirrored: then nobody looks for the call of a body.
   */
  private static volatile boolean isUsed;

  private Copies() {}

  /**
   * The head of a balanced call's request is about to be written.
   *
   * @param logical as the application's interceptors left it
   * @param written as the server gets it
   */
  static void begin(Object codec, Request logical, Request written) {
    try {
      RequestCopy copy = BalancedCall.beginCopy();
      if (copy != null) {
        isUsed = true;
        fill(copy, codec instanceof Http2ExchangeCodec, logical, written);
      }
    } catch (Throwable fault) {
      BalancedCall.forgetCopy();
      Faults.report(fault);
    }
  }

  private static void fill(RequestCopy copy, boolean isHttp2, Request logical, Request written) {
    String host = logical.header("Host");
    copy.begin(
        written.method(), host == null ? "" : host, OkHttpRequestReader.INSTANCE.target(logical));
    Headers headers = written.headers();
    for (int i = 0; i < headers.size(); i++) {
      String name = isHttp2 ? headers.name(i).toLowerCase(Locale.ROOT) : headers.name(i);
      if (!isHttp2 || !NOT_IN_HTTP_2.contains(name)) {
        copy.header(name, headers.value(i));
      }
    }
    if (written.body() == null) {
      copy.end();
    }
  }

  /** The body of a request is about to be written: where to, if it is copied; else null. */
  static @Nullable Sink body(Object codec, Sink body) {
    if (!isUsed) {
      return null;
    }
    try {
      RequestCopy copy = BalancedCall.copyOf(codec);
      return copy == null ? null : new CopiedSink(body, copy, true);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The body has been written whole. */
  static void end(RequestCopy copy) {
    try {
      copy.end();
    } catch (Throwable fault) {
      Faults.report(fault);
    }
  }
}
