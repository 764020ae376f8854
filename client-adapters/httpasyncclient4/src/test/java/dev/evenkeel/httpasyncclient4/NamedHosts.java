package dev.evenkeel.httpasyncclient4;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.http.conn.DnsResolver;

/** Knows the servers' names, all on loopback, and no logical one. */
final class NamedHosts implements DnsResolver {
  static final String ONE = "one.servers.test";
  static final String TWO = "two.servers.test";
  static final String PLAIN = "plain.servers.test";

  private static final Set<String> KNOWN = Set.of(ONE, TWO, PLAIN);

  private final List<String> asked = new CopyOnWriteArrayList<>();

  List<String> asked() {
    return asked;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    asked.add(host);
    if (KNOWN.contains(host)) {
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
    throw new UnknownHostException(host);
  }
}
