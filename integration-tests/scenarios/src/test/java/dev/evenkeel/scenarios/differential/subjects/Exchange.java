package dev.evenkeel.scenarios.differential.subjects;

import java.util.List;
import java.util.function.Function;

/**
 * Calls of one client, one after the other, and how the server answers them. Immutable.
 *
 * @param id of lower case letters and hyphens; it is part of the path
 * @param calls in order
 * @param answers stateless
 */
public record Exchange(String id, List<Call> calls, Function<Request, Answer> answers) {
  public Exchange {
    calls = List.copyOf(calls);
  }
}
