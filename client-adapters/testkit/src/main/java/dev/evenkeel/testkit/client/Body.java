package dev.evenkeel.testkit.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The body of a request: bytes that can be sent again, or a stream that cannot. Thread-safe. */
public final class Body {
  private final Supplier<InputStream> source;
  private final long length;
  private final boolean isRepeatable;
  private final AtomicInteger opened = new AtomicInteger();

  private Body(Supplier<InputStream> source, long length, boolean isRepeatable) {
    this.source = source;
    this.length = length;
    this.isRepeatable = isRepeatable;
  }

  /** Text that can be sent again. */
  public static Body of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Body(() -> new ByteArrayInputStream(bytes), bytes.length, true);
  }

  /** Text that can be read once. */
  public static Body oneShot(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return oneShot(new ByteArrayInputStream(bytes), bytes.length);
  }

  /**
   * Text that can be read once, and need not be as long as the application says.
   *
   * @param declaredBytes what it is said to have
   */
  public static Body oneShot(String text, long declaredBytes) {
    return oneShot(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), declaredBytes);
  }

  /**
   * A stream that can be read once.
   *
   * @param length bytes in the stream; -1 if unknown
   */
  public static Body oneShot(InputStream stream, long length) {
    return new Body(() -> stream, length, false);
  }

  /** Bytes; -1 if unknown. */
  public long length() {
    return length;
  }

  /** True if {@link #open} gives the whole body each time. */
  public boolean isRepeatable() {
    return isRepeatable;
  }

  /** How often the body was asked for. */
  public int timesOpened() {
    return opened.get();
  }

  /**
   * The bytes, from the start.
   *
   * @throws IllegalStateException if it cannot be read a second time
   */
  public InputStream open() {
    if (opened.incrementAndGet() > 1 && !isRepeatable) {
      throw new IllegalStateException("a one-shot body is sent a second time");
    }
    return source.get();
  }
}
