package dev.evenkeel.jdkhttpclient;

import net.bytebuddy.asm.Advice;

/** After {@code Stream.headerFrame}: all that goes before the body. Thread-safe. */
public final class Http2HeadAdvice {
  private Http2HeadAdvice() {}

  /** Repeats it for mirrors. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void written(
      @Advice.This Object stream,
      @Advice.Argument(0) long contentLength,
      @Advice.Return Object frame) {
    Copies.beginHttp2(stream, frame, contentLength);
  }
}
