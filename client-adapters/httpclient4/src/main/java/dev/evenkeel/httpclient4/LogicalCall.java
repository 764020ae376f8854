package dev.evenkeel.httpclient4;

import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.execchain.ClientExecChain;
import org.apache.http.impl.execchain.MinimalClientExec;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a request through the hooked step, as the client asked for it. Not thread-safe; one
 * per exchange.
 *
 * @param execution the application's handle to give the call up; null if it has none
 */
record LogicalCall(
    ClientExecChain step,
    HttpRoute route,
    HttpRequestWrapper request,
    HttpClientContext context,
    @Nullable HttpExecutionAware execution) {

  /** True for the client without cookies, authentication and proxies. */
  boolean isMinimal() {
    return step instanceof MinimalClientExec;
  }
}
