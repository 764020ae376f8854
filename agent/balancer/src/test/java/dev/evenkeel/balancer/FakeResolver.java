package dev.evenkeel.balancer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Look-ups that a test answers. Not thread-safe. */
final class FakeResolver implements Resolver {
  final List<String> asked = new ArrayList<>();
  private final Map<String, Consumer<Answer>> waiting = new LinkedHashMap<>();
  RuntimeException failure;

  @Override
  public void resolve(String host, Consumer<Answer> done) {
    asked.add(host);
    if (failure != null) {
      throw failure;
    }
    waiting.put(host, done);
  }

  void answer(String host, String... addresses) {
    waiting.remove(host).accept(new Answer(List.of(addresses), null));
  }

  void fail(String host, String reason) {
    waiting.remove(host).accept(Answer.failed(reason));
  }
}
