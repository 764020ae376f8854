package dev.evenkeel.balancer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells people where a call would go. Immutable. */
final class Explanation {
  private Explanation() {}

  static String of(Snapshot snapshot, String method, String url) {
    String call = method + " " + url;
    String host = host(url);
    if (host == null) {
      return call + "\n  not an absolute URL with a host: the call is left alone\n";
    }
    LoadBalancerService service = snapshot.service(host);
    if (service == null) {
      return call + "\n  no service has the name " + host + ": the call is left alone\n";
    }
    StringBuilder text = new StringBuilder(call).append('\n');
    describe(service, text);
    return text.toString();
  }

  /** By the authority, because {@link URI#getHost} refuses names with an underscore. */
  private static @Nullable String host(String url) {
    String authority;
    try {
      authority = new URI(url).getRawAuthority();
    } catch (URISyntaxException e) {
      return null;
    }
    if (authority == null) {
      return null;
    }
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int portColon = hostAndPort.lastIndexOf(':');
    boolean hasPort = portColon > hostAndPort.lastIndexOf(']');
    String host = hasPort ? hostAndPort.substring(0, portColon) : hostAndPort;
    return host.isEmpty() ? null : host;
  }

  private static void describe(LoadBalancerService service, StringBuilder text) {
    ServiceState state = service.state();
    text.append("  service ").append(state.name());
    text.append(" (").append(state.kind()).append(", ").append(state.strategy()).append(")\n");
    if (service.stickyCookie() != null) {
      text.append("  a call with a sticky session stays on its server\n");
    }
    long total = 0;
    for (int i = 0; i < service.servers().size(); i++) {
      total += service.weight(i);
    }
    if (total == 0) {
      text.append("  no server takes new calls: such a call fails\n");
    }
    for (int i = 0; i < service.servers().size(); i++) {
      ServerState server = service.servers().get(i);
      int weight = service.weight(i);
      text.append("  ").append(server.url()).append(": ");
      text.append(weight > 0 ? share(weight, total) : whyNot(server)).append('\n');
    }
  }

  private static String share(int weight, long total) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of the turns (weight %d of %d)",
        100.0 * weight / total,
        weight,
        total);
  }

  private static String whyNot(ServerState server) {
    String standing = server.standing();
    return standing.equals("starting")
        ? "no turns: no probe answered yet, and other servers are up"
        : "no turns: " + standing;
  }
}
