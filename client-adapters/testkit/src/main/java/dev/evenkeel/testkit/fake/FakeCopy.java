package dev.evenkeel.testkit.fake;

import dev.evenkeel.spi.RequestCopy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what an adapter copies; can be told to fail in each of its methods. Thread-safe. */
public final class FakeCopy implements RequestCopy {
  private final FakeBalancer balancer;
  private final List<String> head = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private volatile boolean isWhole;

  /** A copy that fails where {@code balancer} is told to. */
  public FakeCopy(FakeBalancer balancer) {
    this.balancer = balancer;
  }

  @Override
  public void begin(String method, String authority, String target) {
    balancer.failIfPlanted("copy.begin");
    head.add(method + " " + authority + " " + target);
  }

  @Override
  public void header(String name, String value) {
    balancer.failIfPlanted("copy.header");
    head.add(name + ": " + value);
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    balancer.failIfPlanted("copy.body");
    body.write(bytes, offset, length);
  }

  @Override
  public void end() {
    balancer.failIfPlanted("copy.end");
    isWhole = true;
  }

  /** As {@code GET orders /path}, then each {@code Name: value}. */
  public List<String> head() {
    return head;
  }

  /** What there is of it so far. */
  public String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** True once the adapter said that the request was sent whole. */
  public boolean isWhole() {
    return isWhole;
  }

  @Override
  public String toString() {
    return head + " " + body() + (isWhole ? "" : "...");
  }
}
