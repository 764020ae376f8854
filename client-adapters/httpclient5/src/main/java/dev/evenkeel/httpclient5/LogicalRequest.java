package dev.evenkeel.httpclient5;

import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.core5.http.ClassicHttpRequest;

/**
 * A request with the scope that holds its route and cookie store. Not thread-safe; one per
 * exchange.
 */
record LogicalRequest(ClassicHttpRequest request, Scope scope) {}
