package dev.evenkeel.scenarios.differential;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A way from the application to the server. Each has loopback addresses of its own, which the names
 * of the hosts lead to, so that the same URL serves all.
 */
enum Way {
  /** The server itself listens at the logical host. */
  DIRECT(1),
  /** A reverse proxy listens at the logical host. */
  PROXY(2),
  /** Nothing listens at the logical host; the agent knows the server. */
  AGENT(3);

  private static final String NETWORK = "127.0.0.";
  private final int last;

  Way(int last) {
    this.last = last;
  }

  String text() {
    return NETWORK + last;
  }

  InetAddress address() throws UnknownHostException {
    return InetAddress.getByName(text());
  }

  /** The address of what speaks HTTP/2 for a server at {@link #text}. */
  String frontText() {
    return NETWORK + (last + Way.values().length);
  }

  /** With all the addresses made the same. */
  static String withoutAddresses(String line) {
    return line.replaceAll("\\b127\\.0\\.0\\.[1-6]\\b", "<loopback>");
  }
}
