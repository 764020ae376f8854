package dev.evenkeel.config.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * The name that a handshake asks a server for. Source: RFC 6066, section 3. Stateless. Thread-safe.
 */
public final class ServerName {
  private ServerName() {}

  /**
   * Asks for a host, unless it is an address: explicitly, as the JDK sends no name of its own
   * accord for a host without a dot.
   */
  public static void ask(SSLParameters parameters, String host) {
    boolean isAddress = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    if (isAddress) {
      return;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    } catch (IllegalArgumentException e) {
      // not a name that may go into a handshake, as one with an underscore: connect without
    }
  }
}
