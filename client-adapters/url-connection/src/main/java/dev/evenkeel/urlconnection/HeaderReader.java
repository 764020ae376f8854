package dev.evenkeel.urlconnection;

import dev.evenkeel.spi.ResponseReader;
import org.jspecify.annotations.Nullable;

/** Reads the JDK's {@code MessageHeader}. Immutable. */
final class HeaderReader implements ResponseReader<Object> {
  static final HeaderReader INSTANCE = new HeaderReader();

  private HeaderReader() {}

  @Override
  public @Nullable String header(Object headers, String name, int index) {
    try {
      return Library.header(headers, name, index);
    } catch (Throwable fault) {
      Faults.report(fault);
      return null;
    }
  }
}
