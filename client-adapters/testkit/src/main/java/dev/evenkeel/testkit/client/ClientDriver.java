package dev.evenkeel.testkit.client;

import java.util.Set;

/**
 * One HTTP client library, as its applications use it: nothing in a driver knows of the agent.
 * Thread-safe.
 */
public interface ClientDriver {
  /** The adapter's name, as in {@code evenkeel.adapters.<name>.enabled}. */
  String name();

  /** The library and its version, from a class of the library itself. */
  Library library();

  /** What the library can do. What stands here must be shown by a test. */
  Set<Capability> capabilities();

  /**
   * Whether the client closes a connection that it keeps when the server does, by itself: a request
   * that meets this moment is lost, agent or no agent.
   */
  default boolean watchesKeptConnections() {
    return false;
  }

  /** Whether the client speaks HTTP/2 alone, so that the servers of the fleet have to. */
  default boolean speaksOnlyHttp2() {
    return false;
  }

  /** A new client with pools and a cookie store of its own. */
  Client open(ClientOptions options);
}
