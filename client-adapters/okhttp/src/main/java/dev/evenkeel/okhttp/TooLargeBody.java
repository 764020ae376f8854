package dev.evenkeel.okhttp;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import okhttp3.Handshake;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is answered without a connection: its body is longer than may be kept. It is an
 * exception because {@link ConnectAdvice} knows what skips OkHttp's method by a type of the JDK,
 * and is never thrown. Source: Traefik, which answers the same to a body that is longer than {@code
 * failover.errors.maxRequestBodyBytes}. Immutable.
 */
final class TooLargeBody extends ConnectException {
  private static final long serialVersionUID = 1;

  private static final int STATUS = 413;
  private static final String TYPE = "text/plain; charset=UTF-8";
  private static final byte[] TEXT = "Request body too large\n".getBytes(StandardCharsets.UTF_8);

  /** Nobody reads where it was made. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** What the application gets. */
  static Response response(Request request, @Nullable Handshake handshake) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(STATUS)
        .message("Request Entity Too Large")
        .header("Content-Type", TYPE)
        .header("Content-Length", Integer.toString(TEXT.length))
        .handshake(handshake)
        .body(new Text())
        .build();
  }

  /** The body of that response. Not thread-safe. */
  private static final class Text extends ResponseBody {
    private final Buffer bytes = new Buffer().write(TEXT);

    @Override
    public @Nullable MediaType contentType() {
      return MediaType.parse(TYPE);
    }

    @Override
    public long contentLength() {
      return TEXT.length;
    }

    @Override
    public BufferedSource source() {
      return bytes;
    }
  }
}
