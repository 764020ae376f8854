package dev.evenkeel.scenarios.differential;

import dev.evenkeel.scenarios.differential.subjects.Caller;
import dev.evenkeel.scenarios.differential.subjects.Exchange;
import dev.evenkeel.scenarios.differential.subjects.Exchanges;
import dev.evenkeel.scenarios.differential.subjects.Sites;
import dev.evenkeel.testkit.jvm.ForkedJvm;
import dev.evenkeel.testkit.jvm.IsolatedLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole list of exchanges by one way, with every client, in a JVM of its own. Confined to the
 * test's thread.
 */
final class Run implements AutoCloseable {
  private final Way way;
  private final Path folder;
  private final RawServer shop;
  private final RawServer other;
  private final Sites sites;
  private @Nullable Haproxy proxy;
  private @Nullable ForkedJvm application;

  private Run(Way way, Path folder, int shopPort, int otherPort) throws IOException {
    this.way = way;
    this.folder = Files.createDirectories(folder);
    shop = new RawServer(way.address(), way == Way.DIRECT ? shopPort : 0);
    other = new RawServer(way.address(), otherPort);
    sites = new Sites(way == Way.DIRECT ? shop.port() : shopPort, other.port());
    Map<String, Exchange> byId =
        Exchanges.all(sites).stream().collect(Collectors.toMap(Exchange::id, Function.identity()));
    shop.answer(byId);
    other.answer(byId);
  }

  /** The first run, which finds the ports that the application calls in all runs. */
  static Run direct(Path folder) throws IOException {
    return new Run(Way.DIRECT, folder, 0, 0);
  }

  static Run proxied(Path folder, Sites sites, Haproxy.Binary binary) throws IOException {
    Run run = new Run(Way.PROXY, folder, sites.shop(), sites.other());
    run.proxy =
        Haproxy.start(binary, folder, Way.PROXY.address(), sites.shop(), run.serverAuthority());
    return run;
  }

  static Run balanced(Path folder, Sites sites) throws IOException {
    return new Run(Way.AGENT, folder, sites.shop(), sites.other());
  }

  Way way() {
    return way;
  }

  Sites sites() {
    return sites;
  }

  private String serverAuthority() {
    return way.text() + ":" + shop.port();
  }

  /**
   * Starts the application, and returns when it begins with its calls.
   *
   * @param agent the packaged agent
   */
  void start(Path jdk, Path agent) throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, way.text() + " " + Sites.SHOP + " " + Sites.OTHER + "\n");
    List<String> options = new ArrayList<>(List.of("-Djdk.net.hosts.file=" + hosts));
    // Most of the code runs a few times only.
    options.add("-XX:TieredStopAtLevel=1");
    // Without it the JDK's client refuses some calls of the list.
    options.add("-Djdk.httpclient.allowRestrictedHeaders=host,connection");
    if (way == Way.AGENT) {
      Path configuration = folder.resolve("balance.yml");
      Files.writeString(
          configuration,
          """
          http: { services: { %s: { loadBalancer: { servers: [ { url: 'http://%s' } ] } } } }
          """
              .formatted(Sites.SHOP, serverAuthority()));
      options.add("-javaagent:" + agent);
      options.add("-Devenkeel.config=" + configuration);
    }
    application =
        ForkedJvm.java(jdk)
            .options(options.toArray(String[]::new))
            .classPath(IsolatedLoader.classPath())
            .main(Caller.class.getName(), "" + sites.shop(), "" + sites.other())
            .start();
    application.awaitStdout("ready");
  }

  /**
   * Waits until all exchanges are made, and gives what application and servers saw of each, line by
   * line. Also written to a file of the run's folder.
   */
  Map<String, List<String>> finish() throws IOException {
    ForkedJvm jvm = Objects.requireNonNull(application);
    Map<String, List<String>> records = new LinkedHashMap<>();
    for (String subject : Caller.subjects()) {
      for (Exchange exchange : Exchanges.all(sites)) {
        String key = subject + "/" + exchange.id();
        String unused = jvm.awaitStdout("done " + key);
        records.put(key, new ArrayList<>());
      }
    }
    int unused = jvm.awaitExit();
    close();
    jvm.stdout().stream()
        .filter(line -> line.contains("/") && !line.startsWith("done "))
        .map(line -> line.split(" ", 2))
        .forEach(parts -> records.get(parts[0]).add("application " + parts[1]));
    records.forEach(
        (key, lines) -> {
          shop.received(key).forEach(line -> lines.add("server " + line));
          other.received(key).forEach(line -> lines.add("other server " + line));
          lines.replaceAll(line -> line.replace(way.text(), "<loopback>"));
        });
    write(records, jvm);
    return records;
  }

  private void write(Map<String, List<String>> records, ForkedJvm jvm) throws IOException {
    List<String> all = new ArrayList<>(jvm.stderr());
    records.forEach((key, lines) -> lines.forEach(line -> all.add(key + " " + line)));
    Files.write(folder.resolve("seen.txt"), all);
  }

  /** Ends the application before what it talks to. */
  @Override
  public void close() throws IOException {
    if (application != null) {
      application.close();
    }
    if (proxy != null) {
      proxy.close();
    }
    shop.close();
    other.close();
  }
}
