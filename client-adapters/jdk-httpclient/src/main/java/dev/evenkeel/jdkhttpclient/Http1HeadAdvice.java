package dev.evenkeel.jdkhttpclient;

import java.nio.ByteBuffer;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** After {@code Http1Request.headers}: all that goes before the body. Thread-safe. */
public final class Http1HeadAdvice {
  private Http1HeadAdvice() {}

  /** Repeats it for mirrors. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void written(
      @Advice.This Object http1Request, @Advice.Return List<ByteBuffer> head) {
    Copies.beginHttp1(http1Request, head);
  }
}
