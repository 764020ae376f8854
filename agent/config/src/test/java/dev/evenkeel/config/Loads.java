package dev.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.balancer.spec.LoadBalancerSpec;
import dev.evenkeel.balancer.spec.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads what a test gives, from the sources it chooses. Not thread-safe; one per test. */
final class Loads {
  private final Map<String, String> system = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String arguments = "";
  private String file = "";

  /** A file named {@code balance.yml}; messages name it without its folder, see {@link #lines}. */
  static Loads file(Path folder, String... lines) {
    return bytes(folder, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  static Loads bytes(Path folder, byte[] bytes) {
    return written(folder.resolve("balance.yml"), bytes);
  }

  /** As {@link #file}, named {@code balance.toml}. */
  static Loads toml(Path folder, String... lines) {
    return written(
        folder.resolve("balance.toml"), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static Loads written(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return named(file.toString());
  }

  /** Whatever is in a file, it is a configuration or there is a line for each problem. */
  static void orSaysWhy(String ending, byte[] bytes) throws IOException {
    Path file = Files.createTempFile("balance", ending);
    try {
      Configuration loaded = written(file, bytes).load();

      assertThat(loaded.problems().isEmpty()).isEqualTo(!loaded.spec().services().isEmpty());
      assertThat(loaded.lines()).allMatch(line -> line.lines().count() == 1);
    } finally {
      Files.delete(file);
    }
  }

  static Loads named(String file) {
    Loads loads = new Loads();
    loads.file = file;
    return loads.property("config", file);
  }

  static Loads nothing() {
    return new Loads();
  }

  /** The file of a service {@code orders}, whose {@code loadBalancer} holds some lines. */
  static Loads balancer(Path folder, String... lines) {
    return file(
        folder,
        "http:",
        "  services:",
        "    orders:",
        "      loadBalancer:",
        "        servers: [ { url: \"http://a:1\" } ]",
        String.join("\n", lines).indent(8));
  }

  Loads property(String key, String value) {
    system.put("evenkeel." + key, value);
    return this;
  }

  Loads system(String name, String value) {
    system.put(name, value);
    return this;
  }

  Loads environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Loads arguments(String text) {
    arguments = text;
    return this;
  }

  Settings settings() {
    return Settings.of(arguments, system, environment);
  }

  Configuration load() {
    return Configuration.load(settings());
  }

  /** The problems, with the file named without its folder. */
  List<String> lines() {
    String folder = file.substring(0, file.lastIndexOf('/') + 1);
    return load().lines().stream().map(line -> line.replace(folder, "")).toList();
  }

  /** The one service of a configuration without a problem. */
  LoadBalancerSpec service() {
    Configuration loaded = load();
    if (!loaded.problems().isEmpty() || loaded.spec().services().size() != 1) {
      throw new AssertionError(loaded.toString());
    }
    return (LoadBalancerSpec) loaded.spec().services().get(0);
  }

  /** As {@code 3*http://a:1}. */
  static List<String> servers(LoadBalancerSpec service) {
    return service.servers().stream().map(Loads::text).toList();
  }

  private static String text(ServerSpec server) {
    return server.weight() + "*" + server.url();
  }
}
