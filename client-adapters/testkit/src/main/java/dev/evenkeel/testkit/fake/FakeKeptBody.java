package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.KeptBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.function.Consumer;

/** A body of any length that is whole once it is ended, or told so. Not thread-safe. */
public final class FakeKeptBody implements KeptBody {
  private final Consumer<String> failIf;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean isWhole;

  /** A body that never fails. */
  public FakeKeptBody() {
    this(place -> {});
  }

  /**
   * A body that is told where to fail.
   *
   * @param failIf throws if {@code kept.body} or {@code kept.end} is to fail
   */
  public FakeKeptBody(Consumer<String> failIf) {
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

  /** Makes it whole without its end, as where all that was announced is here. */
  public void becomeWhole() {
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
