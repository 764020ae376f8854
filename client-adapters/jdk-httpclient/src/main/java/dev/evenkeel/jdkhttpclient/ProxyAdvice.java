package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * After {@code HttpRequestImpl.proxy}: servers are reached directly, as a proxy at the logical host
 * would reach them. Thread-safe.
 */
public final class ProxyAdvice {
  private ProxyAdvice() {}

  private static final Object[] NO_PROXY = {null};

  /** One null for a balanced request; null to leave the proxy. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] proxy(@Advice.This HttpRequest request) {
    return Calls.of(request) == null ? null : NO_PROXY;
  }
}
