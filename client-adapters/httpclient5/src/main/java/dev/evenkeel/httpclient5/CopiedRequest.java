package dev.evenkeel.httpclient5;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.RequestCopy;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous request that is repeated for its mirrors. The connection adds headers of its own
 * when it sends the head, and may ask for the body before it says that it has: so the head is
 * copied at whichever comes first. Not thread-safe; confined to the connection's thread.
 */
final class CopiedRequest {
  private final HttpRequest request;
  private final HttpRequest wire;
  private final HttpContext context;

  /** Null once a fault of ours left a gap: such a copy never becomes whole. */
  private @Nullable RequestCopy copy;

  private boolean isHeadCopied;
  private @Nullable CopiedChannel body;

  private CopiedRequest(
      HttpRequest request, HttpRequest wire, HttpContext context, RequestCopy copy) {
    this.request = request;
    this.wire = wire;
    this.context = context;
    this.copy = copy;
  }

  /**
   * A request that is about to be sent. Never throws.
   *
   * @param wire what is sent: {@code request}, or a copy of ours
   * @param context where the connection says which HTTP it speaks
   * @return null if there is no mirror for this call, which is the rule
   */
  static @Nullable CopiedRequest begin(
      GuardedAttempt attempt, HttpRequest request, HttpRequest wire, HttpContext context) {
    try {
      RequestCopy copy = attempt.copy();
      return copy == null ? null : new CopiedRequest(request, wire, context, copy);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }

  /** The head has been sent. Never throws. */
  void sent(boolean hasBody) {
    try {
      RequestCopy headed = headed();
      if (headed != null && !hasBody) {
        headed.end();
      }
    } catch (Throwable fault) {
      giveUp(fault);
    }
  }

  /** Where to write the body instead of to {@code channel}. Never throws. */
  DataStreamChannel body(DataStreamChannel channel) {
    try {
      RequestCopy headed = headed();
      if (headed == null) {
        return channel;
      }
      CopiedChannel before = body;
      CopiedChannel now = before == null ? new CopiedChannel(channel, headed) : before.to(channel);
      body = now;
      return now;
    } catch (Throwable fault) {
      giveUp(fault);
      return channel;
    }
  }

  private void giveUp(Throwable fault) {
    copy = null;
    Faults.report(fault);
  }

  /** The copy, with the head in it. */
  private @Nullable RequestCopy headed() {
    RequestCopy current = copy;
    if (current == null || isHeadCopied) {
      return current;
    }
    isHeadCopied = true;
    current.begin(wire.getMethod(), logicalHost(), RequestView.target(request.getPath()));
    boolean isHttp2 = context.getProtocolVersion().greaterEquals(HttpVersion.HTTP_2);
    for (Header header : wire.getHeaders()) {
      String name = header.getName();
      String value = header.getValue();
      current.header(isHttp2 ? name.toLowerCase(Locale.ROOT) : name, value == null ? "" : value);
    }
    return current;
  }

  /** As a {@code Host} header has it; HTTP/2 has none, and the authority in its place. */
  private String logicalHost() {
    Header host = request.getFirstHeader(HttpHeaders.HOST);
    if (host != null) {
      return host.getValue();
    }
    URIAuthority authority = request.getAuthority();
    return authority == null
        ? ""
        : new URIAuthority(authority.getHostName(), authority.getPort()).toString();
  }
}
