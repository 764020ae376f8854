package dev.evenkeel.httpclient5;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * A chain of ours: by its type the advice knows that the pass through the connecting step is our
 * own, and lets it be. Immutable.
 */
class OwnChain implements ExecChain {
  private final ExecChain next;

  OwnChain(ExecChain next) {
    this.next = next;
  }

  @Override
  public ClassicHttpResponse proceed(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    return next.proceed(request, scope);
  }
}
