package dev.evenkeel.scenarios.differential;

import dev.evenkeel.scenarios.differential.subjects.Caller;
import dev.evenkeel.scenarios.differential.subjects.Sites;
import dev.evenkeel.scenarios.differential.subjects.Wire;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole list of exchanges by one way, with every client, in a JVM of its own. Confined to the
 * test's thread.
 */
final class Run implements AutoCloseable {
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=");

  private final Way way;
  private final Path folder;
  private final Identity identity;
  private final List<Shop> shops = new ArrayList<>();
  private @Nullable ForkedJvm application;

  private Run(Way way, Path folder, Identity identity) throws IOException {
    this.way = way;
    this.folder = Files.createDirectories(folder);
    this.identity = identity;
  }

  /** The first run, which finds the ports that the application calls in all runs. */
  static Run direct(Path folder, List<Wire> wires, Identity identity) throws IOException {
    Run run = new Run(Way.DIRECT, folder, identity);
    for (Wire wire : wires) {
      run.shops.add(new Shop(Way.DIRECT, wire, null, identity));
    }
    return run;
  }

  /** The same calls by another way. */
  static Run of(Way way, Path folder, List<Sites> sites, Identity identity) throws IOException {
    Run run = new Run(way, folder, identity);
    for (Sites each : sites) {
      run.shops.add(new Shop(way, each.wire(), each, identity));
    }
    return run;
  }

  Way way() {
    return way;
  }

  List<Sites> sites() {
    return shops.stream().map(Shop::sites).toList();
  }

  /**
   * Starts the application, and returns when it begins with its calls.
   *
   * @param agent the packaged agent
   * @param binary null if no HAProxy is needed
   */
  void start(Path jdk, Path agent, Haproxy.@Nullable Binary binary) throws IOException {
    for (Shop shop : shops) {
      shop.startProxy(binary, folder, identity);
    }
    List<String> options = new ArrayList<>(identity.options());
    options.add("-Djdk.net.hosts.file=" + hosts());
    // Most of the code runs a few times only.
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-XX:+UseSerialGC");
    // Without it the JDK's client refuses some calls of the list.
    options.add("-Djdk.httpclient.allowRestrictedHeaders=host,connection");
    if (way == Way.AGENT) {
      options.add("-javaagent:" + agent);
      options.add("-Devenkeel.config=" + configuration());
    }
    application =
        ForkedJvm.java(jdk)
            .options(options.toArray(String[]::new))
            .classPath(IsolatedLoader.classPath())
            .main(Caller.class.getName(), sites().stream().map(Sites::text).toArray(String[]::new))
            .start();
    application.awaitStdout("ready");
  }

  private Path hosts() throws IOException {
    List<String> lines = new ArrayList<>(List.of(way.text() + " " + Sites.OTHER));
    shops.forEach(shop -> lines.add(shop.host()));
    return Files.write(folder.resolve("hosts"), lines);
  }

  private Path configuration() throws IOException {
    String services = shops.stream().map(Shop::service).collect(Collectors.joining(", "));
    return Files.writeString(
        folder.resolve("balance.yml"), "http: { services: { " + services + " } }\n");
  }

  /**
   * Waits until all exchanges are made, and gives what application and servers saw of each, line by
   * line. Also written to a file of the run's folder.
   */
  Map<String, List<String>> finish() throws IOException {
    ForkedJvm jvm = Objects.requireNonNull(application);
    Map<String, List<String>> records = new LinkedHashMap<>();
    for (String key : Caller.keys(sites())) {
      String unused = jvm.awaitStderr("done " + key);
      records.put(key, new ArrayList<>());
    }
    int unused = jvm.awaitExit();
    close();
    jvm.stdout().stream()
        .filter(line -> line.contains("/"))
        .map(line -> line.split(" ", 2))
        .forEach(parts -> records.get(parts[0]).add("application " + parts[1]));
    records.forEach(
        (key, lines) -> {
          shops.forEach(shop -> shop.received(key, lines));
          lines.replaceAll(line -> withoutNonces(Way.withoutAddresses(line)));
        });
    write(records, jvm);
    return records;
  }

  /** What a client draws for each WebSocket, and what a server makes of that. */
  private static String withoutNonces(String line) {
    return line.contains("-WebSocket-") || line.contains("-websocket-")
        ? NONCE.matcher(line).replaceAll("<nonce>")
        : line;
  }

  private void write(Map<String, List<String>> records, ForkedJvm jvm) throws IOException {
    List<String> all = new ArrayList<>(jvm.stderr());
    all.removeIf(line -> line.startsWith("done "));
    records.forEach((key, lines) -> lines.forEach(line -> all.add(key + " " + line)));
    Files.write(folder.resolve("seen.txt"), all);
  }

  /** Ends the application before what it talks to. */
  @Override
  public void close() throws IOException {
    if (application != null) {
      application.close();
    }
    for (Shop shop : shops) {
      shop.close();
    }
  }
}
