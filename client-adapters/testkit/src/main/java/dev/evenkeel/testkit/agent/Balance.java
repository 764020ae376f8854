package dev.evenkeel.testkit.agent;

import dev.evenkeel.testkit.Await;
import dev.evenkeel.testkit.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * The configuration of the agent in this JVM, written as an operator would: the file that the
 * system property {@code evenkeel.config} names, and the agent's MBean. Confined to the test's
 * thread.
 */
public final class Balance {
  private final Path file;
  private final Bean agent = new Bean(Bean.name("dev.evenkeel:type=Agent"));

  /** Waits until the agent has registered its MBean. */
  public Balance() {
    file =
        Path.of(
            Objects.requireNonNull(
                System.getProperty("evenkeel.config"), "no evenkeel.config: is there an agent?"));
    Await.until("the agent's MBean is registered", agent::isRegistered);
  }

  /** The MBean of the agent. */
  public Bean agent() {
    return agent;
  }

  /** The MBean of a service. */
  public Bean service(String service) {
    return new Bean(Bean.name("dev.evenkeel:type=Service,name=" + service));
  }

  /** The MBean of a server. */
  public ServerBean server(String service, TestServer server) {
    return server(service, server.url());
  }

  /** The MBean of a server by its URL as configured. */
  public ServerBean server(String service, String url) {
    return new ServerBean(service, url);
  }

  /** The MBeans of all servers of all services. */
  public List<ServerBean> servers() {
    return Bean.beans().queryNames(Bean.name("dev.evenkeel:type=Server,*"), null).stream()
        .map(ServerBean::new)
        .toList();
  }

  /** Makes these services, and no others, the configuration; in force on return. */
  public void apply(ServiceConfig... services) {
    reload(yaml(services));
    Set<ObjectName> expected = names(Arrays.asList(services));
    Await.until("MBeans are " + expected, () -> registered().equals(expected));
  }

  /**
   * The same with services of services.
   *
   * @param tree a further service, as {@code orders: { failover: { service: a, fallback: b } }}
   */
  public void applyTree(String tree, ServiceConfig... services) {
    reload(yaml(services) + "    " + tree + "\n");
    Set<ObjectName> expected = names(Arrays.asList(services));
    Await.until("MBeans are " + expected, () -> registered().equals(expected));
  }

  /**
   * The same with servers transports.
   *
   * @param transports in YAML's flow style, as {@code { t: { serverName: a.test } }}
   */
  public void applyTransports(String transports, ServiceConfig... services) {
    reload(yaml(services) + "  serversTransports: " + transports + "\n");
    Set<ObjectName> expected = names(Arrays.asList(services));
    Await.until("MBeans are " + expected, () -> registered().equals(expected));
  }

  /** Takes every service away: all calls are left alone. */
  public void clear() {
    apply();
  }

  /** Writes a configuration of any kind, right or wrong, and has the agent read it. */
  public void reload(String yaml) {
    write(yaml);
    agent.invoke("reload");
  }

  /** Writes these services to the file and leaves it to the agent to notice. */
  public void write(ServiceConfig... services) {
    write(yaml(services));
  }

  private void write(String yaml) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, yaml);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError("cannot write " + file, e);
    }
  }

  private static String yaml(ServiceConfig... services) {
    return services.length == 0
        ? "http: { services: {} }\n"
        : "http:\n  services:\n"
            + Arrays.stream(services).map(ServiceConfig::yaml).collect(Collectors.joining());
  }

  private Set<ObjectName> registered() {
    return servers().stream().map(Bean::name).collect(Collectors.toSet());
  }

  private Set<ObjectName> names(Collection<ServiceConfig> services) {
    return services.stream()
        .flatMap(service -> service.urls().stream().map(url -> server(service.name(), url).name()))
        .collect(Collectors.toSet());
  }
}
