package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.ChildSpec;
import dev.evenkeel.balancer.spec.ExtrasSpec;
import dev.evenkeel.balancer.spec.FailoverSpec;
import dev.evenkeel.balancer.spec.HighestRandomWeightSpec;
import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.MirrorSpec;
import dev.evenkeel.balancer.spec.MirroringSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import dev.evenkeel.balancer.spec.StickyCookieSpec;
import dev.evenkeel.balancer.spec.StrategySpec;
import dev.evenkeel.balancer.spec.WeightedSpec;
import dev.evenkeel.spi.ServerTls;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a decoded entry of {@code http.services} to its spec. Not thread-safe; one per service. */
final class ServiceReader {
  /** What clients give as the host of a URL, or an IPv6 address. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._~-]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

  /** What Traefik appends to the names of services that stand in files. */
  private static final String OF_FILES = "@file";

  /** Said of all clients: which ones the application has is not known when the file is read. */
  private static final String NOT_ALL_SPEAK_H2C =
      "h2c: by clients that speak HTTP/2 without TLS (OkHttp, HttpClient 5 asynchronous);"
          + " java.net.http asks for it by Upgrade, all others speak HTTP/1.1";

  private final Problems problems;
  private final ExtrasSpec extras;
  private final Transports transports;

  /**
   * Reads one service.
   *
   * @param extras what the section {@code evenkeel} says of it
   * @param transports those that it may name
   */
  ServiceReader(Problems problems, ExtrasSpec extras, Transports transports) {
    this.problems = problems;
    this.extras = extras;
    this.transports = transports;
  }

  /** The spec; null if there is none, which is then among the problems. */
  @Nullable ServiceSpec read(String name, Section service) {
    List<String> types = HttpServiceKeys.TYPES.stream().filter(service::isGiven).toList();
    if (name.isBlank()) {
      problems.fatal(service.place(), "blank name (expected: a host name)");
    } else if (!HOST.matcher(name).matches()) {
      problems.note(
          service.place(), "no call can name it (expected: a host name: letters, digits, . - _)");
    }
    if (types.size() > 1) {
      problems.fatal(
          service.place(),
          "more than one type: "
              + String.join(", ", types)
              + " (expected: one type; declare two services instead)");
    } else if (types.isEmpty()) {
      problems.fatal(
          service.place(),
          "no type defined (expected: one of " + String.join(", ", HttpServiceKeys.TYPES) + ")");
    }
    Section balancer = service.section("loadBalancer");
    if (balancer != null) {
      return loadBalancer(name, balancer);
    }
    Section weighted = service.section("weighted");
    if (weighted != null) {
      return weighted(name, weighted);
    }
    Section hashed = service.section("highestRandomWeight");
    if (hashed != null) {
      return new HighestRandomWeightSpec(
          name, children(hashed), hashed.section("healthCheck") != null, extras);
    }
    Section mirroring = service.section("mirroring");
    if (mirroring != null) {
      return mirroring(name, mirroring);
    }
    Section failover = service.section("failover");
    return failover == null ? null : failover(name, failover);
  }

  private ServiceSpec weighted(String name, Section weighted) {
    Section sticky = weighted.section("sticky");
    return new WeightedSpec(
        name, children(weighted), cookie(name, sticky), weighted.section("healthCheck") != null);
  }

  private List<ChildSpec> children(Section parent) {
    List<ChildSpec> children = new ArrayList<>();
    for (Value value : parent.list("services")) {
      Section child = (Section) value.data();
      String reference = reference(child, "name");
      if (reference != null) {
        children.add(new ChildSpec(reference, child.integer("weight")));
      }
    }
    if (children.isEmpty() && isEmptyOnPurpose(parent, "services")) {
      problems.note(
          parent.place("services"),
          "no service: calls to this service will fail with \"no server available\"");
    }
    return children;
  }

  private @Nullable ServiceSpec mirroring(String name, Section mirroring) {
    String service = reference(mirroring, "service");
    List<MirrorSpec> mirrors = new ArrayList<>();
    for (Value value : mirroring.list("mirrors")) {
      Section mirror = (Section) value.data();
      String reference = reference(mirror, "name");
      if (reference != null) {
        mirrors.add(new MirrorSpec(reference, mirror.integer("percent")));
      }
      if (!mirror.isGiven("percent")) {
        problems.note(mirror.place(), "no percent: gets no copies, as in Traefik");
      }
    }
    long maxBodyBytes = Math.max(MirroringSpec.ANY_BODY, mirroring.longInteger("maxBodySize"));
    return service == null
        ? null
        : new MirroringSpec(
            name,
            service,
            mirrors,
            mirroring.flag("mirrorBody"),
            maxBodyBytes,
            mirroring.section("healthCheck") != null);
  }

  private @Nullable ServiceSpec failover(String name, Section failover) {
    String service = reference(failover, "service");
    String fallback = reference(failover, "fallback");
    return service == null || fallback == null
        ? null
        : new FailoverSpec(
            name,
            service,
            fallback,
            new FailoverErrorsReader(problems).read(failover.section("errors")),
            failover.section("healthCheck") != null);
  }

  /** A service's name as other services call it; null if there is none, which is a problem. */
  private @Nullable String reference(Section section, String key) {
    if (!section.isGiven(key)) {
      problems.fatal(section.place(), "no " + key + " (expected: name of a service)");
      return null;
    }
    if (section.value(key) == null) {
      return null;
    }
    return withoutProvider(section.text(key));
  }

  /** Of {@code name} and {@code name@file}, the name. */
  static String withoutProvider(String name) {
    return name.endsWith(OF_FILES) ? name.substring(0, name.length() - OF_FILES.length()) : name;
  }

  private @Nullable StickyCookieSpec cookie(String name, @Nullable Section sticky) {
    Section cookie = sticky == null ? null : sticky.section("cookie");
    if (sticky != null && !sticky.isGiven("cookie")) {
      problems.note(sticky.place(), "has no effect without cookie, as in Traefik");
    }
    return cookie == null ? null : new CookieReader(problems).read(name, cookie);
  }

  private @Nullable ServiceSpec loadBalancer(String name, Section balancer) {
    List<ServerSpec> servers = servers(balancer);
    Section check = balancer.section("healthCheck");
    StrategySpec strategy = strategy(balancer);
    Section passive = balancer.section("passiveHealthCheck");
    try {
      return LoadBalancerSpec.of(
              name,
              servers,
              cookie(name, balancer.section("sticky")),
              check == null
                  ? null
                  : new HealthCheckReader(problems)
                      .read(check)
                      .withWeightHeader(extras.health().weightHeader()),
              balancer.flag("passHostHeader"))
          .with(strategy)
          .with(passive == null ? null : new PassiveCheckReader(problems).read(passive))
          .with(extras);
    } catch (IllegalArgumentException e) {
      // A URL that is listed so often that its weights add up to more than one server may have, or
      // once with its path and once without.
      problems.fatal(balancer.place("servers"), Printable.of(String.valueOf(e.getMessage())));
      return null;
    }
  }

  private StrategySpec strategy(Section balancer) {
    StrategySpec strategy = StrategySpec.WRR;
    String text = balancer.text("strategy");
    try {
      strategy = StrategySpec.parse(text);
    } catch (IllegalArgumentException e) {
      String expectation = String.valueOf(e.getMessage()).substring(text.length());
      problems.fatal(balancer.place("strategy"), balancer.printable("strategy") + expectation);
    }
    if (strategy == StrategySpec.HRW && balancer.section("sticky") != null) {
      problems.note(balancer.place("sticky"), "has no effect with strategy hrw, as in Traefik");
    }
    return strategy;
  }

  private List<ServerSpec> servers(Section balancer) {
    List<ServerSpec> servers = new ArrayList<>();
    Transports.Read transport = transports.namedBy(balancer);
    for (Value value : balancer.list("servers")) {
      ServerSpec server = server((Section) value.data());
      if (server != null) {
        servers.add(
            server
                .with(tls(server, transport, balancer.place("serversTransport")))
                .with(transport.timeouts()));
      }
    }
    if (balancer.list("servers").isEmpty() && isEmptyOnPurpose(balancer, "servers")) {
      problems.note(
          balancer.place("servers"),
          "no server: calls to this service will fail with \"no server available\"");
    }
    if (servers.stream().anyMatch(ServerSpec::isH2c)) {
      problems.note(balancer.place("servers"), NOT_ALL_SPEAK_H2C);
    }
    return servers;
  }

  /** A server that is one address of a name shows a certificate for the name. */
  private @Nullable ServerTls tls(ServerSpec server, Transports.Read transport, Place place) {
    boolean isLookedUp = extras.lookUpInterval() != null && !server.isAddress();
    return isLookedUp && server.scheme().equals("https")
        ? transports.tlsFor(server.host(), transport, place)
        : transports.tls(transport, place);
  }

  private static boolean isEmptyOnPurpose(Section section, String list) {
    return !section.isGiven(list) || section.value(list) != null;
  }

  private @Nullable ServerSpec server(Section server) {
    if (!server.isGiven("url")) {
      problems.fatal(
          server.place(), "no url (expected: URL such as http://10.0.0.1:8080 or https://host)");
      return null;
    }
    Value value = server.value("url");
    if (value == null) {
      return null;
    }
    String url = server.text("url");
    try {
      ServerSpec spec = ServerSpec.of(url, server.integer("weight"));
      return server.flag("preservePath") ? spec.preservingPath() : spec;
    } catch (IllegalArgumentException e) {
      // The message begins with the URL, which may hold a password or an environment's secret.
      String message = String.valueOf(e.getMessage());
      String expectation = message.startsWith(url) ? message.substring(url.length()) : "";
      problems.fatal(value.place(), value.printable() + expectation);
      return null;
    }
  }
}
