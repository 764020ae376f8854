package dev.evenkeel.scenarios.differential;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A way from the application to the server. Each has a loopback address of its own, which the names
 * of the hosts lead to, so that the same URL serves all.
 */
enum Way {
  /** The server itself listens at the logical host. */
  DIRECT(1),
  /** A reverse proxy listens at the logical host. */
  PROXY(2),
  /** Nothing listens at the logical host; the agent knows the server. */
  AGENT(3);

  private final String address;

  Way(int last) {
    address = "127.0.0." + last;
  }

  String text() {
    return address;
  }

  InetAddress address() throws UnknownHostException {
    return InetAddress.getByName(address);
  }
}
