package dev.evenkeel.config;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import dev.evenkeel.balancer.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a decoded entry of {@code http.services} to its spec. Not thread-safe; one per service. */
final class ServiceReader {
  /** What clients give as the host of a URL, or an IPv6 address. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._~-]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

  private final Problems problems;

  ServiceReader(Problems problems) {
    this.problems = problems;
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
    return balancer == null ? null : loadBalancer(name, balancer);
  }

  private @Nullable ServiceSpec loadBalancer(String name, Section balancer) {
    List<ServerSpec> servers = servers(balancer);
    Section sticky = balancer.section("sticky");
    Section cookie = sticky == null ? null : sticky.section("cookie");
    if (sticky != null && !sticky.isGiven("cookie")) {
      problems.note(sticky.place(), "has no effect without cookie, as in Traefik");
    }
    Section check = balancer.section("healthCheck");
    try {
      return LoadBalancerSpec.of(
          name,
          servers,
          cookie == null ? null : new CookieReader(problems).read(name, cookie),
          check == null ? null : new HealthCheckReader(problems).read(check),
          balancer.flag("passHostHeader"));
    } catch (IllegalArgumentException e) {
      // A URL that is listed so often that its weights add up to more than one server may have.
      problems.fatal(balancer.place("servers"), Printable.of(String.valueOf(e.getMessage())));
      return null;
    }
  }

  private List<ServerSpec> servers(Section balancer) {
    List<ServerSpec> servers = new ArrayList<>();
    for (Value value : balancer.list("servers")) {
      ServerSpec server = server((Section) value.data());
      if (server != null) {
        servers.add(server);
      }
    }
    if (balancer.list("servers").isEmpty() && isEmptyOnPurpose(balancer)) {
      problems.note(
          balancer.place("servers"),
          "no server: calls to this service will fail with \"no server available\"");
    }
    return servers;
  }

  private static boolean isEmptyOnPurpose(Section balancer) {
    return !balancer.isGiven("servers") || balancer.value("servers") != null;
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
      return ServerSpec.of(url, server.integer("weight"));
    } catch (IllegalArgumentException e) {
      // The message begins with the URL, which may hold a password or an environment's secret.
      String message = String.valueOf(e.getMessage());
      String expectation = message.startsWith(url) ? message.substring(url.length()) : "";
      problems.fatal(value.place(), value.printable() + expectation);
      return null;
    }
  }
}
