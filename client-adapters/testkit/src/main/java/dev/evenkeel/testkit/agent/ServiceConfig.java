package dev.evenkeel.testkit.agent;

import dev.evenkeel.testkit.server.TestServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One service of a configuration file in Traefik's schema. Immutable.
 *
 * @param name its name, and with no routers its host
 * @param servers in order
 * @param options further lines of its {@code loadBalancer}, in YAML's flow style
 */
public record ServiceConfig(String name, List<Entry> servers, List<String> options) {
  public ServiceConfig {
    servers = List.copyOf(servers);
    options = List.copyOf(options);
  }

  /**
   * A server of the service.
   *
   * @param weight 0..65535
   * @param isPathPreserved the URL's path stands before that of each call
   */
  public record Entry(String url, int weight, boolean isPathPreserved) {}

  public static ServiceConfig named(String name) {
    return new ServiceConfig(name, List.of(), List.of());
  }

  public ServiceConfig server(TestServer server, int weight) {
    return server(server.url(), weight);
  }

  public ServiceConfig server(TestServer server) {
    return server(server.url(), 1);
  }

  public ServiceConfig server(String url) {
    return server(url, 1);
  }

  public ServiceConfig server(String url, int weight) {
    return with(new Entry(url, weight, false));
  }

  /** Adds a server with {@code preservePath: true}. */
  public ServiceConfig preserving(String url) {
    return with(new Entry(url, 1, true));
  }

  private ServiceConfig with(Entry server) {
    return new ServiceConfig(name, append(servers, server), options);
  }

  /** Adds a line, as {@code sticky: { cookie: {} }}. */
  public ServiceConfig option(String line) {
    return new ServiceConfig(name, servers, append(options, line));
  }

  Set<String> urls() {
    return servers.stream().map(Entry::url).collect(Collectors.toUnmodifiableSet());
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("    \"").append(name).append("\":\n      loadBalancer:\n        servers:\n");
    for (Entry server : servers) {
      yaml.append("          - { url: \"%s\", weight: %d".formatted(server.url, server.weight));
      yaml.append(server.isPathPreserved ? ", preservePath: true }\n" : " }\n");
    }
    for (String option : options) {
      yaml.append("        ").append(option).append('\n');
    }
    return yaml.toString();
  }

  private static <T> List<T> append(List<T> list, T element) {
    return Stream.concat(list.stream(), Stream.of(element)).toList();
  }
}
