package dev.evenkeel.httpasyncclient4;

import org.apache.http.nio.ContentEncoder;
import org.jspecify.annotations.Nullable;

/** What the hooks around the bodies of a call do. Thread-safe. */
final class Bodies {
  private Bodies() {}

  /**
   * The application is about to write a part of its body.
   *
   * @return what it is to write to, and what is not null where it is not to, since what was kept of
   *     it was written instead: a {@link Throwable} if that failed; null to change nothing
   */
  static @Nullable Object @Nullable [] writing(Object handler, ContentEncoder encoder) {
    BalancedCall call = Calls.of(handler);
    if (call == null) {
      return null;
    }
    SentBody body = call.body();
    ContentEncoder to = body.writing(encoder);
    KeptContent again = body.again();
    if (again != null) {
      return new Object[] {to, again.writeTo(to)};
    }
    return to == encoder ? null : new Object[] {to, null};
  }

  /**
   * After a part of the body was written.
   *
   * @param encoder what it was written to
   * @param instead what {@link #writing} returned
   * @param thrown what the application ended with, if it did not return
   * @return what to throw instead; null to change nothing
   */
  static @Nullable Throwable written(
      Object handler,
      ContentEncoder encoder,
      @Nullable Object @Nullable [] instead,
      @Nullable Throwable thrown) {
    if (thrown != null) {
      thrown(handler, thrown, encoder);
    } else if (encoder.isCompleted()) {
      BalancedCall call = Calls.of(handler);
      if (call != null) {
        call.body().whole(BodyLength.isMissed(encoder));
      }
    }
    return instead != null && instead[1] instanceof Throwable failure ? failure : null;
  }

  /**
   * Settles the attempt where the application's code threw: that is no failure of the server, and
   * no reason to try another one. What the connection threw is, and came by way of its codec.
   */
  static void thrown(Object handler, Throwable thrown, Object codec) {
    BalancedCall call = Calls.of(handler);
    if (call != null && !Throwers.isBy(codec, thrown)) {
      call.end();
    }
  }
}
