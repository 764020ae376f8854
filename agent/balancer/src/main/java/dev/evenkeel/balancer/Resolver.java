package dev.evenkeel.balancer;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks up the addresses of names, in the background. Thread-safe. */
@FunctionalInterface
public interface Resolver {
  /**
   * Begins a look-up and returns at once. One that hangs holds up no other.
   *
   * @param host a name, and no address
   * @param done called at most once, on any thread
   */
  void resolve(String host, Consumer<Answer> done);

  /**
   * What came of a look-up. Immutable.
   *
   * @param addresses IPv4 or IPv6 without brackets, in any order; empty if it failed
   * @param failure for people; null if there are addresses
   */
  record Answer(List<String> addresses, @Nullable String failure) {
    public Answer {
      addresses = List.copyOf(addresses);
    }

    /** A look-up that found nothing. */
    public static Answer failed(String reason) {
      return new Answer(List.of(), reason);
    }
  }
}
