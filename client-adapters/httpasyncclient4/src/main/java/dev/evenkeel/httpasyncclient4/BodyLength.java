package dev.evenkeel.httpasyncclient4;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.http.impl.nio.codecs.LengthDelimitedEncoder;
import org.apache.http.nio.ContentEncoder;
import org.jspecify.annotations.Nullable;

/**
 * What the library's own encoder knows of a body whose length was declared. It is asked, since an
 * encoder of ours in its place would take no files. Stateless. Thread-safe.
 */
final class BodyLength {
  /** Null where it is not to be read: then no body is known to be short. */
  private static final @Nullable VarHandle REMAINING = remaining();

  private BodyLength() {}

  private static @Nullable VarHandle remaining() {
    try {
      return MethodHandles.privateLookupIn(LengthDelimitedEncoder.class, MethodHandles.lookup())
          .findVarHandle(LengthDelimitedEncoder.class, "remaining", long.class);
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }

  /**
   * True if a body that is at its end has fewer bytes than were declared: nobody says so, and the
   * server waits for the rest. Of one that has more, the encoder takes what was declared.
   *
   * @param encoder what the body was written to, and whole
   */
  static boolean isMissed(ContentEncoder encoder) {
    VarHandle remaining = REMAINING;
    ContentEncoder own = encoder instanceof CopiedEncoder copied ? copied.own() : encoder;
    return remaining != null
        && own instanceof LengthDelimitedEncoder delimited
        && (long) remaining.get(delimited) > 0;
  }
}
