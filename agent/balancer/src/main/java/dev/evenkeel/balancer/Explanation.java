package dev.evenkeel.balancer;

import dev.evenkeel.balancer.spec.FailoverErrorsSpec;
import dev.evenkeel.balancer.spec.StatusRange;
import dev.evenkeel.balancer.spec.StrategySpec;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells people where a call would go. Immutable. */
final class Explanation {
  private static final String FIRST = "  ";

  private Explanation() {}

  static String of(Snapshot snapshot, String method, String url) {
    String call = method + " " + url;
    String host = host(url);
    if (host == null) {
      return call + "\n  not an absolute URL with a host: the call is left alone\n";
    }
    Service service = snapshot.service(host);
    if (service == null) {
      return call + "\n  no service has the name " + host + ": the call is left alone\n";
    }
    StringBuilder text = new StringBuilder(call).append('\n');
    describe(service, FIRST, text);
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

  private static void describe(Service service, String indent, StringBuilder text) {
    ServiceState state = service.state();
    String strategy = state.strategy().isEmpty() ? "" : ", " + state.strategy();
    text.append(indent).append("service ").append(state.name());
    text.append(" (").append(state.kind()).append(strategy).append(")\n");
    String inner = indent.equals(FIRST) ? FIRST : indent + FIRST;
    if (service instanceof LoadBalancerService loadBalancer) {
      describeServers(loadBalancer, inner, text);
    } else if (service instanceof WeightedService weighted) {
      describeChildren(weighted, inner, text);
    } else if (service instanceof FailoverService failover) {
      describeFailover(failover, inner, text);
    } else if (service instanceof MirroringService mirroring) {
      describeMirroring(mirroring, inner, text);
    }
  }

  private static void describeServers(
      LoadBalancerService service, String indent, StringBuilder text) {
    if (service.hasSessions()) {
      text.append(indent).append("a call with a sticky session stays on its server\n");
    }
    long total = 0;
    for (int i = 0; i < service.size(); i++) {
      total += service.weight(i);
    }
    if (total == 0) {
      text.append(indent).append("no server takes new calls: such a call fails\n");
    }
    String unit = unit(service);
    if (service.shares().mode() == Shares.Mode.PANIC) {
      text.append(indent).append("too little of the weight is up: health is ignored\n");
    }
    for (int i = 0; i < service.size(); i++) {
      ServerState server = service.servers().get(i);
      int weight = service.weight(i);
      text.append(indent).append(server.url()).append(": ");
      text.append(weight > 0 ? share(service, i, total, unit) : whyNot(server)).append('\n');
    }
  }

  private static void describeChildren(WeightedService service, String indent, StringBuilder text) {
    if (service.hasSessions()) {
      text.append(indent).append("a call with a sticky session stays with its service\n");
    }
    long total = 0;
    for (int i = 0; i < service.size(); i++) {
      total += service.weight(i);
    }
    String unit = unit(service);
    for (int i = 0; i < service.size(); i++) {
      Service child = service.children().get(i);
      int weight = service.weight(i);
      text.append(indent).append("service ").append(child.state().name()).append(": ");
      String none = child.isUp() ? "no turns: weight 0" : "no turns: down";
      text.append(weight > 0 ? share(weight, total, unit) : none).append('\n');
      describe(child, indent + FIRST, text);
    }
  }

  private static void describeFailover(FailoverService service, String indent, StringBuilder text) {
    boolean isFirstUp = service.service().isUp();
    text.append(indent).append(isFirstUp ? "takes the calls:\n" : "down:\n");
    describe(service.service(), indent + FIRST, text);
    text.append(indent).append(isFirstUp ? "stands in while it is down" : "takes the calls");
    FailoverErrorsSpec errors = service.errors();
    if (isFirstUp && errors != null) {
      text.append(", or answers ").append(listed(errors.statuses()));
    }
    text.append(":\n");
    describe(service.fallback(), indent + FIRST, text);
  }

  private static String listed(List<StatusRange> statuses) {
    return String.join(", ", statuses.stream().map(StatusRange::toString).toList());
  }

  private static void describeMirroring(
      MirroringService service, String indent, StringBuilder text) {
    text.append(indent).append("takes the calls:\n");
    describe(service.service(), indent + FIRST, text);
    for (Mirror mirror : service.mirrors()) {
      text.append(indent).append("gets a copy of ").append(mirror.percent());
      text.append(" % of the calls:\n");
      describe(mirror.service(), indent + FIRST, text);
    }
  }

  /** What weights share out. */
  private static String unit(Service service) {
    return service.state().strategy().equals(StrategySpec.HRW.text()) ? "keys" : "turns";
  }

  private static String share(LoadBalancerService service, int server, long total, String unit) {
    int scale = service.shares().scale();
    int weight = service.weight(server);
    String reason = service.servers().get(server).reason();
    String share =
        scale == 1
            ? share(weight, total, unit)
            : String.format(
                Locale.ROOT,
                "%.1f %% of the %s (weight %s of %s)",
                100.0 * weight / total,
                unit,
                decimal(weight, scale),
                decimal(total, scale));
    return reason.isEmpty() ? share : share + "; " + reason;
  }

  private static String decimal(long weight, int scale) {
    BigDecimal exact = BigDecimal.valueOf(weight).divide(BigDecimal.valueOf(scale));
    return exact.stripTrailingZeros().toPlainString();
  }

  private static String share(int weight, long total, String unit) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of the %s (weight %d of %d)",
        100.0 * weight / total,
        unit,
        weight,
        total);
  }

  private static String whyNot(ServerState server) {
    String standing = server.condition().standing();
    return standing.equals("starting")
        ? "no turns: no probe answered yet, and other servers are up"
        : "no turns: " + standing;
  }
}
