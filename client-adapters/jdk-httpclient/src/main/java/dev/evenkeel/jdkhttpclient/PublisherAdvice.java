package dev.evenkeel.jdkhttpclient;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToFields.ToField;
import org.jspecify.annotations.Nullable;

/**
 * After the constructors of {@code Http1Request} and {@code Stream}: a body that can be read once
 * was kept, and is sent from there when the request goes to another service; one that fails by
 * itself is told from a connection that does. Thread-safe.
 */
public final class PublisherAdvice {
  private PublisherAdvice() {}

  /** What was kept, or the application's own with an eye on it; null to leave the field. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(@ToField("requestPublisher"))
  public static @Nullable BodyPublisher publisher(
      @Advice.FieldValue("request") HttpRequest request) {
    return Calls.publisher(request);
  }
}
