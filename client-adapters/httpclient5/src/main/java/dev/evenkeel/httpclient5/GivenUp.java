package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.jspecify.annotations.Nullable;

/**
 * How a call goes on after its response was given up: the connecting step runs again, with a chain
 * that ends where the request leaves. What stands above sees neither the response that was given up
 * nor an exception of ours, and the client's interceptors do not run again. Not thread-safe; one
 * per attempt.
 */
final class GivenUp implements ExecChain {
  private final BalancedCall call;
  private final String id;
  private final @Nullable HttpResponseInformationCallback informed;
  private final HttpClientContext context;
  private volatile @Nullable ServerRuntime following;

  GivenUp(
      BalancedCall call,
      String id,
      @Nullable HttpResponseInformationCallback informed,
      HttpClientContext context) {
    this.call = call;
    this.id = id;
    this.informed = informed;
    this.context = context;
  }

  /** Where the call went on; null until it has a connection there. */
  @Nullable ServerRuntime following() {
    return following;
  }

  /** Sends the request again, as the client has prepared it. */
  ClassicHttpResponse sendAgain(ClassicHttpRequest request) throws IOException, HttpException {
    Pass pass = call.endingAt(this).goOn(request);
    Throwable thrown = pass.thrown();
    if (thrown instanceof IOException failure) {
      throw failure;
    } else if (thrown instanceof HttpException failure) {
      throw failure;
    } else if (thrown instanceof RuntimeException failure) {
      throw failure;
    } else if (thrown instanceof Error failure) {
      throw failure;
    }
    ClassicHttpResponse returned = pass.returned();
    if (returned == null) {
      throw call.exchange().unavailable();
    }
    return returned;
  }

  @Override
  public ClassicHttpResponse proceed(ClassicHttpRequest request, Scope connected)
      throws IOException, HttpException {
    if (connected.execRuntime instanceof ServerRuntime server) {
      following = server;
    }
    return LaterMembers.execute(connected.execRuntime, id, request, informed, context);
  }
}
