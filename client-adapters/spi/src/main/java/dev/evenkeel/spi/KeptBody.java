package dev.evenkeel.spi;

import java.io.InputStream;

/**
 * A request body that is kept while it is sent, because it can be read once and the request may
 * have to be sent again. It is filled as a {@link RequestCopy} is, with the body alone: {@link
 * #body}, then {@link #end}, or as many bytes as were announced. One that gets too long takes what
 * it is given and keeps none of it. Not thread-safe: one thread at a time.
 */
public interface KeptBody extends RequestCopy {
  /** Nothing to do: the head of the request is there to be sent again. */
  @Override
  default void begin(String method, String authority, String target) {}

  /** Nothing to do, as with {@link #begin}. */
  @Override
  default void header(String name, String value) {}

  /** True once it can be sent again: all of it is here. */
  boolean isWhole();

  /** The bytes from the start, any number of times. Only where {@link #isWhole}. */
  InputStream open();
}
