package dev.evenkeel.okhttp;

import dev.evenkeel.spi.GuardedAttempt;
import dev.evenkeel.spi.Outcome;
import dev.evenkeel.spi.SetCookie;
import java.util.List;
import okhttp3.Call;
import okhttp3.CipherSuite;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;

/** Makes a server's response the logical host's, below cache and cookie store. Thread-safe. */
final class Answers {
  private static final int SWITCHING_PROTOCOLS = 101;

  /** For a logical https call to an http server: the cache writes the handshake of every one. */
  private static final Handshake NO_PEER =
      Handshake.get(TlsVersion.TLS_1_3, CipherSuite.TLS_AES_128_GCM_SHA256, List.of(), List.of());

  private Answers() {}

  /**
   * The response as the application is to see it.
   *
   * @param isWatched true if the body ends the attempt already; else this response's will
   * @return null if that is the response as it is
   */
  static @Nullable Response decorate(
      Response response, HttpUrl logical, GuardedAttempt attempt, Call call, boolean isWatched) {
    SetCookie cookies = attempt.setCookies();
    boolean isHandshakeRight = logical.isHttps() == (response.handshake() != null);
    boolean isOver = isOver(response);
    if (isOver) {
      attempt.end(Outcome.COMPLETED);
    }
    boolean isBodyRight = isOver || isWatched;
    if (cookies == null && isHandshakeRight && isBodyRight) {
      return null;
    }
    Response.Builder decorated = response.newBuilder();
    for (SetCookie cookie = cookies; cookie != null; cookie = cookie.next()) {
      decorated.addHeader("Set-Cookie", cookie.value());
    }
    if (!isHandshakeRight) {
      decorated.handshake(noPeer(logical));
    }
    if (!isBodyRight) {
      decorated.body(ending(response.body(), attempt, call));
    }
    return decorated.build();
  }

  /** True if no body will follow: an upgraded connection is the application's from here on. */
  private static boolean isOver(Response response) {
    return response.code() == SWITCHING_PROTOCOLS || response.body().contentLength() == 0;
  }

  /** The handshake of a logical host without a connection that has one. */
  static @Nullable Handshake noPeer(HttpUrl logical) {
    return logical.isHttps() ? NO_PEER : null;
  }

  private static ResponseBody ending(ResponseBody body, GuardedAttempt attempt, Call call) {
    return new EndingBody(
        body, new EndingSource(body.source(), body.contentLength(), attempt, call));
  }
}
