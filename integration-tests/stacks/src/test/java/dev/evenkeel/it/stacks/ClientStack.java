package dev.evenkeel.it.stacks;

import dev.evenkeel.testkit.client.Library;
import java.io.IOException;

/**
 * A library that calls by way of a balanced client, as its applications use it: nothing in it knows
 * of the agent. It runs in a class loader that has its jars and the JDK. Confined to the test's
 * thread.
 */
public interface ClientStack extends AutoCloseable {
  /** The host of the service. */
  String BASE = "http://orders";

  /** What most libraries call. */
  String TARGET = "/items?id=1";

  /** The library, from a class of its own. */
  Library library();

  /** The client below, with its version unless it is the JDK's. */
  String client();

  /** Reads, and gives what the library says of the answer. */
  Answer read() throws Exception;

  /** Sends a text as the body of a POST. */
  Answer write(String text) throws Exception;

  /** Reads in the way in which the library makes an exception of a bad status. */
  String readOrFail() throws Exception;

  Failures failures();

  /** The URL that is called. */
  default String url() {
    return BASE + TARGET;
  }

  /** What the library makes of the host, agent or no agent, in the {@code Host} header. */
  default String host() {
    return "orders";
  }

  /** The body of the request that {@link #write} makes of a text. */
  default String sent(String text) {
    return text;
  }

  /** The body of the answer in which the library finds a text. */
  default String answered(String text) {
    return text;
  }

  @Override
  void close() throws IOException;

  /**
   * What a library says of an answer. Immutable.
   *
   * @param server what the header {@code X-Server} says
   * @param url where the library says that the answer comes from, or what it says it has called
   */
  record Answer(String server, String text, String url) {}

  /**
   * The names of the exceptions that a library throws. Immutable.
   *
   * @param notFound for status 404
   * @param serverError for status 500
   * @param unreachable when no connection could be made
   */
  record Failures(String notFound, String serverError, String unreachable) {}
}
