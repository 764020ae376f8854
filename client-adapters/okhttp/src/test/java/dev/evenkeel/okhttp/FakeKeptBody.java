package dev.evenkeel.okhttp;

import dev.evenkeel.spi.KeptBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A body of any length that is whole once it is ended, and is told where to fail. Not thread-safe.
 */
final class FakeKeptBody implements KeptBody {
  private final Consumer<String> failIf;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean isWhole;

  FakeKeptBody(Consumer<String> failIf) {
    this.failIf = failIf;
  }

  @Override
  public void body(byte[] part, int offset, int length) {
    failIf.accept("kept.body");
    bytes.write(part, offset, length);
  }

  @Override
  public void end() {
    failIf.accept("kept.end");
    isWhole = true;
  }

  @Override
  public boolean isWhole() {
    return isWhole;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
