package dev.evenkeel.okhttp;

import dev.evenkeel.spi.RequestCopy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A copy that keeps what it is given, and is told where to fail. Thread-safe. */
final class FakeCopy implements RequestCopy {
  /** As {@code GET orders /path}, {@code Name: value}, {@code body}, {@code end}. */
  final List<String> parts = new CopyOnWriteArrayList<>();

  private final Consumer<String> failIf;

  FakeCopy(Consumer<String> failIf) {
    this.failIf = failIf;
  }

  @Override
  public void begin(String method, String authority, String target) {
    failIf.accept("copy.begin");
    parts.add(method + " " + authority + " " + target);
  }

  @Override
  public void header(String name, String value) {
    failIf.accept("copy.header");
    parts.add(name + ": " + value);
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    failIf.accept("copy.body");
    parts.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void end() {
    failIf.accept("copy.end");
    parts.add("end");
  }
}
